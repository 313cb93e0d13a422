// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import tonle.base.Must;

/**
 * What one ceremony may know and what it would keep: the verifier wants repositories, while rows are written only after
 * it is done, in one transaction with everything else.
 */
final class Captured implements PublicKeyCredentialUserEntityRepository {
    private final Optional<CredentialRecord> known;
    private @Nullable CredentialRecord saved;

    Captured(Optional<CredentialRecord> known) {
        this.known = known;
    }

    /** What the verifier would have kept. */
    CredentialRecord saved() {
        CredentialRecord record = saved;
        Must.hold(record != null, "a ceremony that ended well saved its credential");
        return record;
    }

    UserCredentialRepository credentials() {
        return new UserCredentialRepository() {
            @Override
            public void delete(Bytes credentialId) {
                throw new IllegalStateException("a ceremony deletes nothing");
            }

            @Override
            public void save(CredentialRecord record) {
                saved = record;
            }

            @Override
            public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
                return known.filter(k -> k.getCredentialId().equals(credentialId))
                        .orElse(null);
            }

            @Override
            public List<CredentialRecord> findByUserId(Bytes userId) {
                return known.stream().toList();
            }
        };
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(id)
                .name("Tonle")
                .displayName("Tonle")
                .build();
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
        return null;
    }

    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        throw new IllegalStateException("a ceremony makes no account");
    }

    @Override
    public void delete(Bytes id) {
        throw new IllegalStateException("a ceremony deletes nothing");
    }
}
