// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

/** Carries a {@link Trouble} from where a parameter is read to {@link Pages}; it never leaves this room. */
public final class TroubleException extends RuntimeException {
    private final transient Trouble trouble;

    TroubleException(Trouble trouble) {
        super(trouble.kind(), null, false, false);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
