package vended.volume;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** What Lambda tells the vending function; its log goes nowhere. */
final class QuietContext implements Context {
  @Override
  public String getAwsRequestId() {
    return "volume";
  }

  @Override
  public String getLogGroupName() {
    return "volume";
  }

  @Override
  public String getLogStreamName() {
    return "volume";
  }

  @Override
  public String getFunctionName() {
    return "vended-vend";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:eu-west-1:%s:function:vended-vend".formatted(Who.VENDOR);
  }

  @Override
  @SuppressWarnings("NullAway")
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 15_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 1024;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {}

      @Override
      public void log(byte[] message) {}
    };
  }
}
