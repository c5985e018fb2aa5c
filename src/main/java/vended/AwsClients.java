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
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sts.StsClient;
import vended.dynamo.DynamoAnswers;
import vended.sts.StsAnswers;

/** The clients of the AWS SDK. Nothing else builds one. */
final class AwsClients {
  private final Settings settings;
  private final TimeLimits limits;
  private final SdkHttpClient http;
  private final DynamoDbClient dynamoDb;
  private @Nullable StsClient sts;

  /**
   * Builds the client that every function needs. Nothing is called yet.
   *
   * @throws IllegalArgumentException if a setting is missing or malformed
   */
  AwsClients(Settings settings, TimeLimits limits) {
    this.settings = settings;
    this.limits = limits;
    // The JDK's client must not send a POST twice behind the back of the SDK's own retries.
    System.setProperty("sun.net.http.retryPost", "false");
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.read())
            .build();
    this.dynamoDb =
        build(
            DynamoDbClient.builder(),
            settings.endpoint("DYNAMODB"),
            configuration(
                limits.dynamoDbCall(), limits.dynamoDbAttempt(), List.of(new DynamoAnswers())));
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
        .credentialsProvider(credentials())
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
  private AwsCredentialsProvider credentials() {
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
}
