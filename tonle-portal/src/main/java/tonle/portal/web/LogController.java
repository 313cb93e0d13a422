// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tonle.portal.PortalServices;
import tonle.portal.proof.PublishedLog;
import tonle.portal.view.Document;
import tonle.tlog.Outcome;
import tonle.tlog.tile.LogFile;

/**
 * The files of the public log, octet for octet as they lie in its folder (C2SP tlog-tiles): for everybody, without
 * signing in. A web server before the gateway may serve the folder itself.
 */
@RestController
final class LogController {
    private static final String PREFIX = "/log/";
    private static final String POLICY = "policy";
    private static final String OCTETS = "application/octet-stream";

    private final PortalServices services;

    LogController(PortalServices services) {
        this.services = services;
    }

    @GetMapping({"/log/checkpoint", "/log/policy", "/log/tile/**"})
    ResponseEntity<byte[]> file(HttpServletRequest request) {
        String name = request.getRequestURI().substring(PREFIX.length());
        Optional<PublishedLog> log = services.log();
        boolean isText = name.equals(POLICY) || name.equals(new LogFile.Head().path());
        if (log.isEmpty() || !isText && !(LogFile.parse(name) instanceof Outcome.Good<LogFile>)) {
            return words(404, "The log has no such file.\n");
        }
        try {
            Optional<byte[]> octets = log.get().files().read(name);
            return octets.isEmpty()
                    ? words(404, "The log has no such file.\n")
                    : ResponseEntity.ok()
                            .header("Content-Type", isText ? Document.TEXT : OCTETS)
                            .header("Cache-Control", kept(name, isText))
                            .body(octets.get());
        } catch (IOException e) {
            return words(503, "The log cannot be read: " + e.getMessage() + "\n");
        }
    }

    /** A full tile is what it is for ever, a partial one until it is full; the checkpoint is asked for anew. */
    private static String kept(String name, boolean isText) {
        if (isText) {
            return "no-cache";
        }
        return name.contains(".p/") ? "public, max-age=3600" : "public, max-age=31536000, immutable";
    }

    private static ResponseEntity<byte[]> words(int status, String words) {
        return ResponseEntity.status(status)
                .header("Content-Type", Document.TEXT)
                .body(words.getBytes(StandardCharsets.UTF_8));
    }
}
