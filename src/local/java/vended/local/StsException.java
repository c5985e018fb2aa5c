package vended.local;

/** An error as STS answers it. */
final class StsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;

  StsException(int status, String code, String text) {
    super(code + ": " + text);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  static StsException validation(String text) {
    return new StsException(400, "ValidationError", text);
  }

  static StsException accessDenied(Principal caller, String action, String roleArn) {
    return new StsException(
        403,
        "AccessDenied",
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(caller.arn(), action, roleArn));
  }

  /** The codes and statuses of "Common errors" in the STS API reference. */
  static StsException of(SigV4.Refused refused) {
    return switch (refused.kind()) {
      case MISSING_AUTHENTICATION ->
          new StsException(
              403, "MissingAuthenticationToken", "Request is missing Authentication Token");
      case INCOMPLETE_SIGNATURE -> new StsException(400, "IncompleteSignature", refused.message());
      case UNKNOWN_KEY, INVALID_TOKEN ->
          new StsException(403, "InvalidClientTokenId", refused.message());
      case EXPIRED_TOKEN -> new StsException(403, "ExpiredToken", refused.message());
      case CLOCK_SKEW, SIGNATURE_MISMATCH ->
          new StsException(403, "SignatureDoesNotMatch", refused.message());
    };
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
