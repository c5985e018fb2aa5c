package vended;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** What {@code ./mvnw verify} leaves to {@code ./mvnw -Psoak}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("soak")
public @interface InSoak {
  /** Why: usually which test of {@code verify} has the behaviour itself. */
  String value();
}
