package vended.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test of the script that takes a {@link Shell}: each of them under {@code -Psoak}, and otherwise
 * one, always the same for this test but not for all tests.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(InShells.Source.class)
@interface InShells {
  /** Whether bash counts twice: as it is, and in its POSIX mode. */
  boolean evenBash() default false;

  /** Whether {@code verify} has each shell too: for the little that depends on it most. */
  boolean always() default false;

  /** Gives the shells. */
  final class Source implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Method test = context.getRequiredTestMethod();
      InShells wanted = test.getAnnotation(InShells.class);
      List<Shell> shells = (wanted.evenBash() ? Shell.evenBash() : Shell.all()).toList();
      String name = context.getRequiredTestClass().getSimpleName() + test.getName();
      return (wanted.always() ? shells.stream() : Shell.share(name, shells)).map(Arguments::of);
    }
  }
}
