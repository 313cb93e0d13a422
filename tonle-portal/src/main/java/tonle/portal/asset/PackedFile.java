// SPDX-License-Identifier: Apache-2.0
package tonle.portal.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tonle.base.Must;

/** A file that is packed in the program and served as it is. */
public final class PackedFile {
    private PackedFile() {}

    /** All of it; a file that is not packed is a defect of ours. */
    public static byte[] octets(String name) {
        try (InputStream in = PackedFile.class.getResourceAsStream("/tonle/portal/static/" + name)) {
            Must.hold(in != null, "file " + name + " is packed");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
