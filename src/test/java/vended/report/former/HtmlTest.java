package vended.report.former;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that the pages themselves never trigger. */
class HtmlTest {
  private static String body(Html html) {
    return html.document().replaceFirst("<!DOCTYPE html>\n", "").strip();
  }

  @Test
  void textsAndValuesOfAttributesAreEscaped() {
    Html html = new Html();
    html.element("p", "<b>&\"'</b>", "aria-label=\" onclick='x'>&");

    assertThat(body(html))
        .isEqualTo(
            "<p aria-label=\"&quot; onclick=&#39;x&#39;&gt;&amp;\">"
                + "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</p>");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ⟦U+0000⟧",
    "10, ⟦U+000A⟧",
    "133, ⟦U+0085⟧",
    "160, ⟦U+00A0⟧",
    "8203, ⟦U+200B⟧",
    "8238, ⟦U+202E⟧",
    "8232, ⟦U+2028⟧",
    "12644, ⟦U+3164⟧",
    "55357, ⟦U+D83D⟧",
    "57344, ⟦U+E000⟧",
    "917569, ⟦U+E0041⟧",
    "128512, 😀",
    "1513, ש",
    "233, é"
  })
  void whatCannotBeSeenIsShownByItsNumber(int character, String shown) {
    Html html = new Html();
    html.element("p", "a" + Character.toString(character) + "b");

    assertThat(body(html)).isEqualTo("<p>a" + shown + "b</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "img", "iframe", "SCRIPT", "p onclick=x", "use", "a href=x"})
  void otherElementsAreRefused(String element) {
    assertThatThrownBy(() -> new Html().open(element)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "src", "xlink:href", "x y", "srcdoc"})
  void otherAttributesAreRefused(String attribute) {
    assertThatThrownBy(() -> new Html().open("p", attribute + "=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "https://example.com/", "//x", "x", "", "#a#b"})
  void noLinkLeadsOut(String link) {
    assertThatThrownBy(() -> new Html().open("a", "href=" + link))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsOpenMustBeClosed() {
    assertThatThrownBy(() -> new Html().open("p").document())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLongTextOfARecordIsCutBetweenCharacters() {
    Html html = new Html();
    html.data("😀".repeat(300));

    assertThat(body(html)).startsWith("<bdi>" + "😀".repeat(128) + "<span").contains("344 more");
  }

  @Test
  void aStyleCannotEndItsElement() {
    assertThatThrownBy(() -> new Style("a { } </style><script>"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::444455556666:role/vended/deploy, deploy, 444455556666:role/vended/",
    "arn:aws-cn:iam::444455556666:user/a/b/c, c, aws-cn:444455556666:user/a/b/",
    "arn:aws:iam::444455556666:root, root, 444455556666:"
  })
  void anArnIsANameAndItsPlace(String arn, String name, String place) {
    Formats.ArnParts parts = Formats.arn(arn).orElseThrow();

    assertThat(parts.name()).isEqualTo(name);
    assertThat(parts.place()).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "arn:aws:iam::444455556666:role/a b", "arn:aws:iam::4:role/a"})
  void whatIsNoArnIsLeftAsItIs(String text) {
    assertThat(Formats.arn(text)).isEmpty();
  }
}
