package vended.fuzz.script;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import vended.fuzz.Data;
import vended.fuzz.Target;

/**
 * The script's reader of XML, in which STS and IAM answer: whatever it takes for a document is one
 * for the JDK's parser too, with the same values; nothing is evaluated, and it always ends. What it
 * does not take is refused without a value.
 */
public final class ScriptXmlTarget implements Target {
  /** These must be read. */
  private static final List<String> SOUND =
      List.of(
          "<a><b>x</b></a>",
          "<?xml version=\"1.0\"?>\n<AssumeRoleWithWebIdentityResponse"
              + " xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Result><Key>A&amp;B</Key>"
              + "<Token> t\n</Token></Result></AssumeRoleWithWebIdentityResponse>",
          "<a><b/><c></c><d>&lt;&#x41;&#233;&quot;&apos;&gt;</d></a>",
          "<a>$(touch x)`touch x`</a>");

  private final List<String> shell;
  private @Nullable VendShell vend;

  /** In a shell. */
  public ScriptXmlTarget(List<String> shell) {
    this.shell = List.copyOf(shell);
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (vend == null) {
      vend =
          new VendShell(
              shell,
              """
              xml)
                {
                  printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/xml\\r\\n\\r\\n'
                  cat
                  printf '\\nvend 0 200 '
                } | read_json -v http=1
                ;;
              """);
    }
    byte[] bytes = new Data(input).rest().getBytes(StandardCharsets.UTF_8);
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = ScriptJsonTarget.utf8(vend.run("xml", bytes)).lines().toList();
    List<String> found =
        lines.stream().filter(line -> line.startsWith("/")).map(ScriptXmlTarget::even).toList();
    boolean read = lines.contains("json=ok");
    Target.check(read || !SOUND.contains(text), "what STS answers is read", text, lines);
    if (!read) {
      Target.check(found.isEmpty(), "no value of what is not read", text, lines);
      return;
    }
    Element root = parse(text);
    if (root == null) {
      Target.check(isBeyond(text), "what is not XML is refused", text, lines);
      return;
    }
    List<String> expected = new ArrayList<>();
    flatten("", root, expected);
    Target.check(
        new TreeSet<>(found).equals(new TreeSet<>(expected)), "the values", text, found, expected);
  }

  private static @Nullable Element parse(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    // The script does not look into the declaration.
    String document = text.replaceFirst("(?s)^<\\?xml.{0,95}?\\?>", "");
    try {
      return builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
    } catch (SAXException e) {
      return null;
    }
  }

  /** What the script shows as a question mark, or lets through in a text, and XML forbids. */
  private static boolean isBeyond(String text) {
    return text.contains("]]>")
        || text.contains("&#")
        || text.codePoints().anyMatch(c -> c < ' ' || c == 0xfffe || c == 0xffff);
  }

  /** XML makes one of the two characters at the end of a line. */
  private static String even(String text) {
    return text.replaceAll(" +", " ");
  }

  private static void flatten(String path, Element element, List<String> lines) {
    String own = path + "/" + element.getTagName();
    NodeList children = element.getChildNodes();
    int elements = 0;
    for (int i = 0; i < children.getLength(); i++) {
      Node child = children.item(i);
      if (child instanceof Element inner) {
        elements++;
        flatten(own, inner, lines);
      }
    }
    lines.add(
        own
            + (elements > 0
                ? "=o:" + elements
                : "=s:" + even(ScriptJsonTarget.clean(element.getTextContent()))));
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public List<String> seeds() {
    return Stream.concat(
            SOUND.stream(),
            Stream.of(
                "<a><b>1</b><b>2</b></a>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "<a><!-- x --><![CDATA[y]]></a>"))
        .toList();
  }

  @Override
  public List<String> words() {
    return List.of(
        "<a>",
        "</a>",
        "<b>",
        "</b>",
        "<a/>",
        "<",
        ">",
        "/",
        "&amp;",
        "&lt;",
        "&#65;",
        "&#x202e;",
        "&#xd800;",
        "&#0;",
        "&b;",
        "<?xml version=\"1.0\"?>",
        " xmlns=\"u\"",
        " a=\"b\"",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\r\n",
        "\t",
        "\0",
        "\u0001",
        "\u202e",
        "=s:",
        "\n/a=s:x",
        "json=ok",
        "$(touch x)",
        "`touch x`",
        "%s",
        "\\");
  }
}
