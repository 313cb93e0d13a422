// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Reads a tar archive (POSIX.1-1988 ustar, GNU long names) into a folder: files, folders and symbolic links, nothing
 * outside it.
 * <pre>
 *   offset 0    100   108  116  124   136    148     156   157       257    345
 *          name  mode uid  gid  size  mtime  chksum  type  linkname  ustar  prefix      512 octets a block
 * </pre>
 */
final class TarArchive {
    private static final int BLOCK_OCTETS = 512;
    private static final int NAME_OCTETS_MAX = 4096;

    private final InputStream in;
    private final Path folder;

    TarArchive(InputStream in, Path folder) {
        this.in = in;
        this.folder = folder;
    }

    void unpack() throws IOException {
        byte[] block = new byte[BLOCK_OCTETS];
        String longName = "";
        String longTarget = "";
        while (in.readNBytes(block, 0, BLOCK_OCTETS) == BLOCK_OCTETS && block[0] != 0) {
            long sizeOctets = octal(block, 124, 12);
            int type = block[156];
            if (type == 'L' || type == 'K') { // GNU: the next entry's name or link target is longer than its field.
                String text = longText(sizeOctets);
                longName = type == 'L' ? text : longName;
                longTarget = type == 'K' ? text : longTarget;
                continue;
            }
            String name = longName.isEmpty() ? name(block) : longName;
            Path path = folder.resolve(name).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("the archive has an entry outside its folder: " + name);
            }
            switch (type) {
                case '5' -> Files.createDirectories(path);
                case '2' -> link(path, longTarget.isEmpty() ? text(block, 157, 100) : longTarget);
                case '0', 0 -> file(path, sizeOctets, (octal(block, 100, 8) & 0100) != 0);
                default ->
                    throw new IOException("the archive has an entry of unknown type " + (char) type + ": " + name);
            }
            longName = "";
            longTarget = "";
        }
    }

    private void link(Path path, String target) throws IOException {
        Path end = path.resolveSibling(target).normalize();
        if (!end.startsWith(folder)) {
            throw new IOException("the archive has a link that leaves its folder: " + target);
        }
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(target));
    }

    private void file(Path path, long sizeOctets, boolean isProgram) throws IOException {
        Files.createDirectories(path.getParent());
        try (var out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] part = new byte[1 << 16];
            for (long left = sizeOctets; left > 0; ) {
                int count = in.read(part, 0, (int) Math.min(part.length, left));
                if (count < 0) {
                    throw new EOFException("the archive ends inside " + path.getFileName());
                }
                out.write(part, 0, count);
                left -= count;
            }
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        skipPadding(sizeOctets);
    }

    private String longText(long sizeOctets) throws IOException {
        if (sizeOctets > NAME_OCTETS_MAX) {
            throw new IOException("the archive has a name of " + sizeOctets + " octets, at most " + NAME_OCTETS_MAX);
        }
        byte[] octets = in.readNBytes((int) sizeOctets);
        skipPadding(sizeOctets);
        return text(octets, 0, octets.length);
    }

    private void skipPadding(long sizeOctets) throws IOException {
        in.skipNBytes(Math.floorMod(-sizeOctets, (long) BLOCK_OCTETS));
    }

    private static String name(byte[] block) {
        String prefix = text(block, 257, 5).equals("ustar") && block[262] == 0 ? text(block, 345, 155) : "";
        String name = text(block, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] octets, int offset, int sizeOctetsMax) {
        int end = offset;
        while (end < offset + sizeOctetsMax && octets[end] != 0) {
            end++;
        }
        return new String(octets, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] octets, int offset, int sizeOctets) throws IOException {
        String digits = text(octets, offset, sizeOctets).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException _) {
            throw new IOException("the archive's block has a damaged number");
        }
    }
}
