package vended.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Removes malformed numbers from the responses of STS. They are only informative, but for one of
 * them the SDK would reject the whole response, credentials included.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class StsAnswers implements ExecutionInterceptor {
  /** Far more than a response to AssumeRole has. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final Pattern UNREADABLE =
      Pattern.compile(
          "<(PackedPolicySize|SessionTokenUtilization|SessionTokenSize)>(?![0-9]{1,9}</)[^<]*</\\1>");

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> body = context.responseBody();
    return context.httpResponse().isSuccessful() ? body.map(StsAnswers::readable) : body;
  }

  private static InputStream readable(InputStream body) {
    byte[] bytes;
    try (body) {
      bytes = body.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw RetryableException.create("the answer did not arrive", e);
    }
    String text = UNREADABLE.matcher(new String(bytes, UTF_8)).replaceAll("");
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
