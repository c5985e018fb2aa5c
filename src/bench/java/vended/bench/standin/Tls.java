package vended.bench.standin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key for 127.0.0.1, and what lets clients trust it.
 *
 * @param keys the key store of the stand-ins
 * @param trust a trust store for Java: the JDK's certificates, as in Lambda, and the stand-ins'
 * @param certificate the certificate as PEM
 */
public record Tls(Path keys, Path trust, Path certificate) {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "stand-in";

  /** Makes all three in a folder. */
  public static Tls make(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path keys = Files.createDirectories(folder).resolve("keys.p12");
    Files.deleteIfExists(keys);
    keytool(keys, folder.resolve("keytool.txt"));
    Certificate certificate =
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate(ALIAS);
    String encoded =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    Path pem = folder.resolve("certificate.pem");
    Files.writeString(
        pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n", US_ASCII);
    return new Tls(keys, trust(folder.resolve("trust.p12"), certificate), pem);
  }

  private static void keytool(Path keys, Path output) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-alias",
            ALIAS,
            "-dname",
            "CN=stand-in",
            "-ext",
            "SAN=IP:127.0.0.1",
            "-ext",
            "bc:c",
            "-storepass",
            PASSWORD,
            "-keystore",
            keys.toString());
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(Files.readString(output));
    }
  }

  /** Reading some hundred certificates is part of a first connection, in Lambda as here. */
  private static Path trust(Path file, Certificate certificate)
      throws IOException, GeneralSecurityException {
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore store = KeyStore.getInstance(cacerts.toFile(), PASSWORD.toCharArray());
    store.setCertificateEntry(ALIAS, certificate);
    // As the JDK's own file: without a password, and so without the time to derive a key from it.
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, new char[0]);
    }
    return file;
  }

  /** For a server with the key. */
  static SSLContext of(Path keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** For a client that trusts it. */
  static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
