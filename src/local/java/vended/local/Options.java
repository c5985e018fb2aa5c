package vended.local;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * How to start the stack.
 *
 * @param port of the gateway; 0 is any free one
 * @param clock what the service, the gateway and STS take for the time; DynamoDB Local and the AWS
 *     SDK's signatures go by the machine's
 * @param faults whether proxies stand between the functions and DynamoDB and STS, to break things
 * @param stsEndpoint an STS to use in place of the stand-in
 * @param tablesEndpoint a DynamoDB to use in place of DynamoDB Local
 */
public record Options(
    Functions functions,
    int port,
    Clock clock,
    boolean faults,
    Optional<URI> stsEndpoint,
    Optional<URI> tablesEndpoint) {

  public static Options of(Functions functions) {
    return new Options(functions, 0, Clock.systemUTC(), false, Optional.empty(), Optional.empty());
  }

  public Options withPort(int newPort) {
    return new Options(functions, newPort, clock, faults, stsEndpoint, tablesEndpoint);
  }

  public Options withClock(Clock newClock) {
    return new Options(functions, port, newClock, faults, stsEndpoint, tablesEndpoint);
  }

  public Options withFaults() {
    return new Options(functions, port, clock, true, stsEndpoint, tablesEndpoint);
  }

  /** With the endpoints that the AWS SDK's own variables name. */
  public Options withEndpointsOf(Map<String, String> environment) {
    return new Options(
        functions,
        port,
        clock,
        faults,
        endpoint(environment, "AWS_ENDPOINT_URL_STS"),
        endpoint(environment, "AWS_ENDPOINT_URL_DYNAMODB"));
  }

  private static Optional<URI> endpoint(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> !text.isEmpty())
        .map(URI::create);
  }
}
