package dev.iresnet.proving.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A key pair of a trial with its self-signed certificate, made on the spot by the JDK's {@code
 * keytool}, good for a week.
 *
 * @param keyStore PKCS12, with key and certificate
 * @param trustStore PKCS12, with the certificate
 * @param keyPem PEM, with key and certificate
 * @param certificatePem PEM, with the certificate
 * @param password of both stores
 */
public record TlsKey(
        Path keyStore, Path trustStore, Path keyPem, Path certificatePem, String password) {

    /** Makes one for 127.0.0.1, in files of {@code directory} that begin with {@code name}. */
    public static TlsKey generate(Path directory, String name, String password) {
        TlsKey key =
                new TlsKey(
                        directory.resolve(name + ".keys.p12"),
                        directory.resolve(name + ".trust.p12"),
                        directory.resolve(name + ".key.pem"),
                        directory.resolve(name + ".certificate.pem"),
                        password);
        try {
            keytool(
                    ("-genkeypair -keyalg EC -groupname secp256r1 -validity 7 -storetype PKCS12"
                                    + " -ext SAN=IP:127.0.0.1 -dname CN=%1$s -alias %1$s"
                                    + " -storepass %2$s")
                            .formatted(name, password),
                    key.keyStore);
            key.spread(name);
            return key;
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerException("Cannot make a key for the broker: " + e.getMessage(), e);
        }
    }

    private void spread(String alias) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, password.toCharArray());
        }
        Certificate certificate = keys.getCertificate(alias);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(alias, certificate);
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, password.toCharArray());
        }
        String certificateText = pem("CERTIFICATE", certificate.getEncoded());
        byte[] privateKey = keys.getKey(alias, password.toCharArray()).getEncoded();
        Files.writeString(certificatePem, certificateText);
        Files.writeString(keyPem, pem("PRIVATE KEY", privateKey) + certificateText);
    }

    private static String pem(String type, byte[] der) {
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, lines);
    }

    private static void keytool(String options, Path keyStore) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", keyStore.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new BrokerException("keytool failed: " + said, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while a key was made", e);
        }
    }
}
