package vended;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sts.StsClient;
import vended.dynamo.DynamoAnswers;
import vended.priming.CannedAws;
import vended.sts.StsAnswers;

/** The clients of the AWS SDK. Nothing else builds one. */
final class AwsClients implements AutoCloseable {
  /**
   * How long an unused connection stays open on our side: longer than the services keep theirs, so
   * that they decide. A connection that was idle for more than 2 s, HttpClient's default, is tested
   * before it is used again.
   */
  private static final Duration MAX_IDLE = Duration.ofMinutes(10);

  private final Settings settings;
  private final TimeLimits limits;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient dynamoDb;
  private @Nullable StsClient sts;

  /**
   * Clients of AWS. Nothing is called yet.
   *
   * @throws IllegalArgumentException if a setting is missing or malformed
   */
  static AwsClients ofNetwork(Settings settings, TimeLimits limits) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.read())
            .connectionMaxIdleTime(MAX_IDLE)
            .build();
    return new AwsClients(settings, limits, http, credentials(settings));
  }

  /**
   * Clients that call nothing: every answer comes from memory, to {@code aws}'s script.
   *
   * @throws IllegalArgumentException if a setting is missing or malformed
   */
  static AwsClients canned(Settings settings, TimeLimits limits, CannedAws aws) {
    AwsCredentialsProvider none =
        StaticCredentialsProvider.create(AwsSessionCredentials.create("none", "none", "none"));
    return new AwsClients(settings, limits, aws, none);
  }

  /** With the client that every function needs. */
  private AwsClients(
      Settings settings,
      TimeLimits limits,
      SdkHttpClient http,
      AwsCredentialsProvider credentials) {
    this.settings = settings;
    this.limits = limits;
    this.http = http;
    this.credentials = credentials;
    this.dynamoDb =
        build(
            DynamoDbClient.builder(),
            settings.endpoint("DYNAMODB"),
            configuration(
                limits.dynamoDbCall(), limits.dynamoDbAttempt(), List.of(new DynamoAnswers())));
  }

  Settings settings() {
    return settings;
  }

  /** The time limit of a further call of DynamoDB for the same purpose. */
  Duration again() {
    return limits.dynamoDbAgain();
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /** One client for everything that calls STS, built only in a function that does. */
  StsClient sts() {
    if (sts == null) {
      sts =
          build(
              StsClient.builder(),
              settings.endpoint("STS"),
              configuration(limits.stsCall(), limits.stsAttempt(), List.of(new StsAnswers())));
    }
    return sts;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      B builder, @Nullable String endpoint, ClientOverrideConfiguration configuration) {
    builder
        .httpClient(http)
        .region(Region.of(settings.region()))
        .credentialsProvider(credentials)
        .overrideConfiguration(configuration);
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  private static ClientOverrideConfiguration configuration(
      Duration call, Duration attempt, List<ExecutionInterceptor> answers) {
    return ClientOverrideConfiguration.builder()
        .executionInterceptors(answers)
        .apiCallTimeout(call)
        .apiCallAttemptTimeout(attempt)
        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
        // Lambda has no ~/.aws; looking for it costs time at every cold start.
        .defaultProfileFile(ProfileFile.aggregator().build())
        .build();
  }

  /**
   * Lambda provides keys or, with SnapStart, an endpoint that has them; nothing else is searched.
   * The SDK's provider reads the endpoint's address and token from the process by itself.
   */
  private static AwsCredentialsProvider credentials(Settings settings) {
    if (settings.hasCredentialsEndpoint()) {
      return ContainerCredentialsProvider.builder().build();
    }
    String accessKeyId = settings.accessKeyId();
    String secretAccessKey = settings.secretAccessKey();
    String sessionToken = settings.sessionToken();
    return StaticCredentialsProvider.create(
        sessionToken == null
            ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
            : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken));
  }

  /** Closes all connections. The clients can't be used any more. */
  @Override
  public void close() {
    dynamoDb.close();
    if (sts != null) {
      sts.close();
    }
    http.close();
  }
}
