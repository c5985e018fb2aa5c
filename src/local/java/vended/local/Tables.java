package vended.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import vended.template.Table;

/** The template's tables, in Amazon's DynamoDB Local in this process, or at another endpoint. */
public final class Tables implements AutoCloseable {
  /** DynamoDB's own limit of a BatchWriteItem. */
  private static final int BATCH = 25;

  /** Kept, since the JDK forgets the level of a logger that nobody refers to. */
  private static final Logger NATIVE_LIBRARY = Logger.getLogger("com.almworks.sqlite4java");

  private final Optional<Server> server;
  private final URI url;
  private final DynamoDbClient client;
  private final List<Table> tables;

  private Tables(Optional<Server> server, URI url, String region, List<Table> tables) {
    this.server = server;
    this.url = url;
    this.client = client(url, region, List.of());
    this.tables = List.copyOf(tables);
    for (Table table : tables) {
      create(table);
    }
  }

  /**
   * Starts DynamoDB Local without its own main class, which would listen on every address of the
   * machine, print a banner, and send its vendor usage data.
   *
   * <p>One at a time: two that start in one JVM at once share state that isn't safe for threads,
   * and then fail their first calls with a status of 500.
   */
  public static synchronized Tables embedded(int port, String region, List<Table> tables)
      throws IOException {
    // The native library's loader talks to the JDK's logger, at length.
    NATIVE_LIBRARY.setLevel(Level.OFF);
    LocalDynamoDBRequestHandler store = KnownTables.handler();
    Server server = new Server(new InetSocketAddress(LoopbackServer.address(), port));
    server.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStopped(LifeCycle stopped) {
            // Else its threads would keep the JVM alive.
            store.shutdown();
          }
        });
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(store, null), "/"));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("DynamoDB Local doesn't start", e);
    }
    int actual = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    URI url = URI.create("http://127.0.0.1:" + actual);
    return new Tables(Optional.of(server), url, region, tables);
  }

  /** Uses another endpoint, and makes the tables that it doesn't have. */
  public static Tables at(URI endpoint, String region, List<Table> tables) {
    return new Tables(Optional.empty(), endpoint, region, tables);
  }

  public URI url() {
    return url;
  }

  public DynamoDbClient client() {
    return client;
  }

  /** Another client of the tables, whose calls can be looked at. */
  public DynamoDbClient client(String region, ExecutionInterceptor interceptor) {
    return client(url, region, List.of(interceptor));
  }

  /** Deletes every row of every table. */
  public void empty() {
    tables.forEach(table -> empty(table.name()));
  }

  /** Deletes every row of a table. */
  public void empty(String table) {
    var deletes =
        rows(table).stream()
            .map(row -> Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk")))
            .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
            .toList();
    write(table, deletes);
  }

  /** Writes rows past the service. */
  public void put(String table, List<Map<String, AttributeValue>> rows) {
    write(
        table,
        rows.stream()
            .map(row -> WriteRequest.builder().putRequest(put -> put.item(row)).build())
            .toList());
  }

  private void write(String table, List<WriteRequest> requests) {
    for (int i = 0; i < requests.size(); i += BATCH) {
      var batch = requests.subList(i, Math.min(i + BATCH, requests.size()));
      client.batchWriteItem(request -> request.requestItems(Map.of(table, batch)));
    }
  }

  /** All rows of a table, in no order. */
  public List<Map<String, AttributeValue>> rows(String table) {
    return client
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.ifPresent(Tables::stop);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local doesn't stop", e);
    }
  }

  private void create(Table table) {
    try {
      client.createTable(table.createRequest(table.name()));
      client.waiter().waitUntilTableExists(request -> request.tableName(table.name()));
    } catch (ResourceInUseException e) {
      // Another endpoint may have it already.
    }
  }

  /** DynamoDB Local checks no signature, but wants one that looks right. */
  private static DynamoDbClient client(
      URI url, String region, List<ExecutionInterceptor> interceptors) {
    return DynamoDbClient.builder()
        .endpointOverride(url)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("LOCAL", "local")))
        .httpClient(Apache5HttpClient.create())
        // Eight tries are the SDK's default for DynamoDB, and make a test of a fault slow.
        .overrideConfiguration(
            configuration ->
                configuration
                    .executionInterceptors(interceptors)
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(3)
                            .build()))
        .build();
  }
}
