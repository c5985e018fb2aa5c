package vended.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.TableInfo;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.GlobalSecondaryIndex;
import com.amazonaws.services.dynamodbv2.model.GlobalSecondaryIndexDescription;
import com.amazonaws.services.dynamodbv2.model.LocalSecondaryIndex;
import com.amazonaws.services.dynamodbv2.model.OnDemandThroughput;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughput;
import com.amazonaws.services.dynamodbv2.model.StreamSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The store of DynamoDB Local, which remembers how its tables are made. DynamoDB Local itself reads
 * and parses that again in every call, which is a third of what a call costs.
 */
final class KnownTables extends SQLiteDBAccess {
  /** The key of the one store in {@code sharedDb} mode. */
  private static final String SHARED = "shared-local-instance";

  private final Map<String, TableInfo> known = new ConcurrentHashMap<>();

  private KnownTables() {}

  /** Requests to one store in memory, for all keys and Regions. */
  static LocalDynamoDBRequestHandler handler() {
    var handler = new LocalDynamoDBRequestHandler(0, true, null, true, false);
    var jobs = new JobsRegister(Executors.newFixedThreadPool(10), false);
    try {
      var field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      field.setAccessible(true);
      @SuppressWarnings("unchecked")
      var stores = (Map<String, AmazonDynamoDBLocal>) field.get(handler);
      stores.put(SHARED, new LocalDBClient(new KnownTables(), jobs));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This is another DynamoDB Local than KnownTables is for", e);
    }
    return handler;
  }

  @Override
  public @Nullable TableInfo getTableInfo(String table) {
    return known.computeIfAbsent(table, super::getTableInfo);
  }

  @Override
  public void createTable(
      String table,
      AttributeDefinition hashKey,
      AttributeDefinition rangeKey,
      List<AttributeDefinition> attributes,
      List<LocalSecondaryIndex> localIndexes,
      List<GlobalSecondaryIndex> indexes,
      ProvisionedThroughput throughput,
      OnDemandThroughput onDemand,
      BillingMode billing,
      Boolean protectedFromDeletion,
      StreamSpecification stream) {
    super.createTable(
        table,
        hashKey,
        rangeKey,
        attributes,
        localIndexes,
        indexes,
        throughput,
        onDemand,
        billing,
        protectedFromDeletion,
        stream);
    known.clear();
  }

  @Override
  public void updateTable(
      String table,
      ProvisionedThroughput throughput,
      OnDemandThroughput onDemand,
      BillingMode billing,
      long billingChanged,
      List<AttributeDefinition> attributes,
      List<GlobalSecondaryIndexDescription> indexes,
      Boolean protectedFromDeletion,
      StreamSpecification stream) {
    super.updateTable(
        table,
        throughput,
        onDemand,
        billing,
        billingChanged,
        attributes,
        indexes,
        protectedFromDeletion,
        stream);
    known.clear();
  }

  @Override
  public void updateTable(String table, String timeToLive) {
    super.updateTable(table, timeToLive);
    known.clear();
  }

  @Override
  public void deleteTable(String table) {
    super.deleteTable(table);
    known.clear();
  }

  @Override
  public void createGSIColumns(String table, String index) {
    super.createGSIColumns(table, index);
    known.clear();
  }

  @Override
  public void backfillGSI(String table, String index) {
    super.backfillGSI(table, index);
    known.clear();
  }

  @Override
  public void deleteGSI(String table, String index) {
    super.deleteGSI(table, index);
    known.clear();
  }
}
