package vended.template;

/**
 * One route of the API.
 *
 * @param authorizer the one in force, be it the route's or the API's default
 */
public record Route(
    String method, String path, String function, String handler, String authorizer) {

  /** What a caller needs {@code execute-api:Invoke} on. */
  public String arn(String stageArn) {
    return stageArn + "/" + method + path;
  }
}
