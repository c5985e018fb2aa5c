package vended.fuzz.oracle;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The JDK's reader of XML, for a document of one element with text in it. */
public final class XmlReader {
  private XmlReader() {}

  /** An element. */
  public record Element(String name, Map<String, String> attributes, String text) {}

  /**
   * Reads a document.
   *
   * @throws org.xml.sax.SAXException if it is not well-formed
   */
  public static Element read(String document) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    var root = builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
    NodeList children = root.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i).getNodeType() != org.w3c.dom.Node.TEXT_NODE) {
        throw new IllegalArgumentException("more than text in it");
      }
    }
    NamedNodeMap found = root.getAttributes();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < found.getLength(); i++) {
      attributes.put(found.item(i).getNodeName(), found.item(i).getNodeValue());
    }
    return new Element(root.getTagName(), attributes, root.getTextContent());
  }
}
