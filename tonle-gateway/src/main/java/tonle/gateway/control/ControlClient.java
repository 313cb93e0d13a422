// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the gateway that runs with a data directory. One connection a question. */
public final class ControlClient {
    /** The name of the socket inside the data directory. */
    public static final String SOCKET = "control.sock";

    private final Path socket;

    public ControlClient(Path dataDirectory) {
        this.socket = dataDirectory.resolve(SOCKET).toAbsolutePath().normalize();
    }

    /** What the gateway answers at an address such as {@code /exporters.json}. */
    public ControlReply get(String target) throws IOException {
        return ask("GET " + target + "\n", "");
    }

    /** Lets the gateway do something. */
    public ControlReply post(String target, String body) throws IOException {
        return ask("POST " + target + " " + Frames.octets(body).length + "\n", body);
    }

    private ControlReply ask(String line, String body) throws IOException {
        try (SocketChannel connection = connect()) {
            OutputStream out = Channels.newOutputStream(connection);
            out.write(Frames.octets(line));
            out.write(Frames.octets(body));
            InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            String[] words = Frames.line(in).split(" ", 3);
            if (words.length != 3 || !words[0].matches("[0-9]{3}")) {
                throw new IOException("the gateway's reply has no status, length and type; is it another version?");
            }
            return new ControlReply(
                    Integer.parseInt(words[0]), words[2], Frames.body(in, words[1], Frames.REPLY_OCTETS_MAX));
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new NotRunning(socket, e);
        }
    }

    /** Nobody answers at the socket. */
    public static final class NotRunning extends IOException {
        NotRunning(Path socket, IOException cause) {
            super(words(socket), cause);
        }

        private static String words(Path socket) {
            String where = "no gateway runs with the data directory " + socket.getParent();
            if (Files.exists(socket) && !Files.isWritable(socket)) {
                return "the gateway at " + socket + " belongs to another user; ask as that user";
            }
            return where + "; start one with 'tonle run', or name its directory with --data";
        }
    }
}
