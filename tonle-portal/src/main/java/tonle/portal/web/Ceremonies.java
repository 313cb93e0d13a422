// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.util.exception.WebAuthnException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tonle.base.power.Clock;
import tonle.registry.people.Passkey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ceremonies of WebAuthn (Level 3, section 7), verified by Spring Security. Challenges are not remembered: each is
 * made of a time, a nonce and a seal over both and what it is for, so that strangers who ask for thousands take no
 * memory. What is remembered is the nonce of each accepted one until it ends, so that none is accepted twice.
 *
 * <pre>
 *   challenge   end, 8 octets │ nonce, 16 octets │ HMAC-SHA256 over purpose, end and nonce, 32 octets
 * </pre>
 */
final class Ceremonies {
    private static final int NONCE_OCTETS = 16;
    private static final int SEAL_OCTETS = 32;
    private static final int PREFIX_OCTETS = Long.BYTES + NONCE_OCTETS;
    private static final long LIFE_MILLIS = 10 * 60_000L;
    /** Each is a person who came in within ten minutes. */
    private static final int ACCEPTED_COUNT_MAX = 10_000;

    private static final String RELYING_PARTY = "Tonle";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    /** Keeps neither buffers nor names of what strangers send for the next one. */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .addModule(new WebauthnJacksonModule())
            .build();

    private final WebAuthnManager verifier = WebAuthnManager.createNonStrictWebAuthnManager();
    private final Map<ByteBuffer, Long> accepted = new HashMap<>();

    Ceremonies(Clock clock) {
        this.clock = clock;
        byte[] octets = new byte[SEAL_OCTETS];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, "HmacSHA256");
    }

    /** What an authenticator signed, and whose passkey it is. */
    record Signed(Passkey passkey, long signCount) {}

    /** Finds the passkey of an id. */
    interface Keyring {
        Optional<Passkey> passkey(byte[] credentialId);
    }

    /** A fresh challenge in base64url. @param purpose what it is for: it is worth nothing for anything else */
    String challenge(String purpose) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_OCTETS)
                .putLong(clock.unixMillis() + LIFE_MILLIS)
                .put(nonce);
        byte[] whole = ByteBuffer.allocate(PREFIX_OCTETS + SEAL_OCTETS)
                .put(prefix.array())
                .put(seal(purpose, prefix.array()))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Takes a challenge for use, once. */
    private boolean takes(String purpose, byte[] challenge) {
        if (challenge.length != PREFIX_OCTETS + SEAL_OCTETS) {
            return false;
        }
        ByteBuffer all = ByteBuffer.wrap(challenge);
        byte[] prefix = new byte[PREFIX_OCTETS];
        byte[] seal = new byte[SEAL_OCTETS];
        all.get(prefix).get(seal);
        long now = clock.unixMillis();
        long end = ByteBuffer.wrap(prefix).getLong();
        if (!MessageDigest.isEqual(seal, seal(purpose, prefix)) || now >= end) {
            return false;
        }
        synchronized (accepted) {
            accepted.values().removeIf(past -> past <= now);
            return accepted.size() < ACCEPTED_COUNT_MAX && accepted.putIfAbsent(ByteBuffer.wrap(prefix), end) == null;
        }
    }

    private byte[] seal(String purpose, byte[] prefix) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(prefix);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** A passkey that an authenticator made for this challenge; empty where anything does not hold. */
    Optional<Passkey> registered(
            String purpose, String challenge, String credential, byte[] handle, String label, String origin) {
        byte[] octets = octets(challenge);
        Optional<PublicKeyCredential<AuthenticatorAttestationResponse>> parsed =
                parsed(credential, AuthenticatorAttestationResponse.class);
        if (parsed.isEmpty() || !takes(purpose, octets)) {
            return Optional.empty();
        }
        Captured captured = new Captured(Optional.empty());
        PublicKeyCredentialCreationOptions options = PublicKeyCredentialCreationOptions.builder()
                .rp(PublicKeyCredentialRpEntity.builder()
                        .id(hostOf(origin))
                        .name(RELYING_PARTY)
                        .build())
                .user(ImmutablePublicKeyCredentialUserEntity.builder()
                        .id(new Bytes(handle))
                        .name(RELYING_PARTY)
                        .displayName(RELYING_PARTY)
                        .build())
                .challenge(new Bytes(octets))
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.RS256)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build())
                .excludeCredentials(List.of())
                .build();
        try {
            CredentialRecord made = operations(captured, origin)
                    .registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                            options, new RelyingPartyPublicKey(parsed.get(), label)));
            return Optional.of(passkey(made, handle, label));
        } catch (WebAuthnException | IllegalArgumentException | IllegalStateException _) {
            // Whatever does not hold has the same answer: it tells a forger nothing.
            return Optional.empty();
        }
    }

    /** Who signed this challenge with a registered passkey; empty where anything does not hold. */
    Optional<Signed> signed(String purpose, String challenge, String credential, Keyring keyring, String origin) {
        byte[] octets = octets(challenge);
        Optional<PublicKeyCredential<AuthenticatorAssertionResponse>> parsed =
                parsed(credential, AuthenticatorAssertionResponse.class);
        if (parsed.isEmpty() || parsed.get().getRawId() == null || !takes(purpose, octets)) {
            return Optional.empty();
        }
        Optional<Passkey> passkey = keyring.passkey(parsed.get().getRawId().getBytes());
        Captured captured = new Captured(passkey.map(Ceremonies::record));
        PublicKeyCredentialRequestOptions options = PublicKeyCredentialRequestOptions.builder()
                .challenge(new Bytes(octets))
                .rpId(hostOf(origin))
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build();
        try {
            operations(captured, origin).authenticate(new RelyingPartyAuthenticationRequest(options, parsed.get()));
            return Optional.of(
                    new Signed(passkey.orElseThrow(), captured.saved().getSignatureCount()));
        } catch (WebAuthnException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private Webauthn4JRelyingPartyOperations operations(Captured captured, String origin) {
        Webauthn4JRelyingPartyOperations operations = new Webauthn4JRelyingPartyOperations(
                captured,
                captured.credentials(),
                PublicKeyCredentialRpEntity.builder()
                        .id(hostOf(origin))
                        .name(RELYING_PARTY)
                        .build(),
                Set.of(origin));
        operations.setWebAuthnManager(verifier);
        return operations;
    }

    private <R extends org.springframework.security.web.webauthn.api.AuthenticatorResponse>
            Optional<PublicKeyCredential<R>> parsed(String credential, Class<R> response) {
        try {
            JavaType type = json.getTypeFactory().constructParametricType(PublicKeyCredential.class, response);
            PublicKeyCredential<R> parsed = json.readValue(credential, type);
            return Optional.ofNullable(parsed).filter(p -> p.getResponse() != null);
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] octets(String base64Url) {
        try {
            return Base64.getUrlDecoder().decode(base64Url);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static String hostOf(String origin) {
        return java.net.URI.create(origin).getHost();
    }

    private static Passkey passkey(CredentialRecord made, byte[] handle, String label) {
        Bytes attestation = made.getAttestationObject();
        return new Passkey(
                made.getCredentialId().getBytes(),
                "",
                handle,
                label,
                made.getPublicKey().getBytes(),
                attestation == null ? new byte[0] : attestation.getBytes(),
                made.getSignatureCount(),
                made.isUvInitialized(),
                made.isBackupEligible(),
                made.isBackupState(),
                made.getTransports().stream()
                        .map(AuthenticatorTransport::getValue)
                        .sorted()
                        .collect(Collectors.joining(",")),
                Instant.EPOCH,
                Optional.empty());
    }

    private static CredentialRecord record(Passkey key) {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(key.credentialId()))
                .userEntityUserId(new Bytes(key.handle()))
                .publicKey(new ImmutablePublicKeyCose(key.publicKey()))
                .signatureCount(key.signCount())
                .uvInitialized(key.isUserVerified())
                .backupEligible(key.isBackupEligible())
                .backupState(key.isBackedUp())
                .transports(java.util.Arrays.stream(key.transports().split(","))
                        .filter(t -> !t.isEmpty())
                        .map(AuthenticatorTransport::valueOf)
                        .collect(Collectors.toSet()))
                .attestationObject(new Bytes(key.attestation()))
                .label(key.label())
                .build();
    }
}
