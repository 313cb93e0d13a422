// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.gateway.certificate.Certificates;
import tonle.gateway.control.ControlClient;

/** {@code tonle certificate}: makes, renews and lists the certificates of IPFIX over TLS. */
@CommandLine.Command(
        name = "certificate",
        mixinStandardHelpOptions = true,
        description =
                "Certificates for IPFIX over TLS, signed by the gateway's own small authority in its data directory.",
        subcommands = {CertificateCommand.New.class, CertificateCommand.Renew.class, CertificateCommand.ListAll.class},
        footerHeading = "%nExamples:%n",
        footer = {"  tonle certificate new exporter pnh-edge-1", "  tonle certificate renew", "  tonle certificate list"
        })
final class CertificateCommand {
    private CertificateCommand() {}

    /** Where the certificates lie. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "the gateway's data directory (default ${DEFAULT-VALUE})")
        private Path data = Path.of("data");

        Certificates certificates() {
            return new Certificates(data.toAbsolutePath().normalize().resolve("certificates"));
        }

        /** A gateway that runs opens its TLS port once the first certificate is there; none needs to run. */
        void tell(Console console) {
            try {
                new ControlClient(data).post("/reload", "");
            } catch (IOException e) {
                console.err().println("the gateway will see it at its next start or reload: " + e.getMessage());
            }
        }
    }

    private static void show(Console console, Certificates.Shown made) {
        console.out().println(made.name() + "  until " + made.notAfter() + "  " + made.file());
        console.out().println("  certificate: " + made.fingerprint());
    }

    /** {@code tonle certificate new exporter NAME}. */
    @CommandLine.Command(
            name = "new",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  tonle certificate new exporter pnh-edge-1",
            description =
                    "Makes a certificate for an exporter; the first one makes the authority and the gateway's own too.")
    static final class New implements Command {
        @CommandLine.Mixin
        private Place place;

        @Parameters(index = "0", paramLabel = "exporter", description = "the word 'exporter'")
        private String kind;

        @Parameters(index = "1", paramLabel = "NAME", description = "the exporter's id")
        private String name;

        @Override
        public ExitCode run(Console console) throws IOException {
            if (!kind.equals("exporter")) {
                throw new CommandFailure(
                        ExitCode.USAGE, "certificates are made for an exporter", "tonle certificate new exporter NAME");
            }
            Certificates.Shown made = place.certificates().newExporter(name);
            show(console, made);
            console.out().println("Put the line 'certificate: …' into the exporter's entry, then: tonle reload");
            console.out()
                    .println("Give the exporter " + name + ".pem, " + name + ".key.pem and authority.pem, or " + name
                            + ".p12.");
            place.tell(console);
            return ExitCode.DONE;
        }
    }

    /** {@code tonle certificate renew [NAME]}. */
    @CommandLine.Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  tonle certificate renew pnh-edge-1",
            description = "Makes a new certificate for an exporter, or without a name for the gateway itself.")
    static final class Renew implements Command {
        @CommandLine.Mixin
        private Place place;

        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "the exporter's id")
        private String name;

        @Override
        public ExitCode run(Console console) throws IOException {
            Certificates certificates = place.certificates();
            show(console, name == null ? certificates.renewCollector() : certificates.renewExporter(name));
            if (name != null) {
                console.out().println("The old one counts until its line in the exporter's entry is replaced.");
            }
            return ExitCode.DONE;
        }
    }

    /** {@code tonle certificate list}. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  tonle certificate list",
            description = "Shows every certificate, its end and its fingerprint.")
    static final class ListAll implements Command {
        @CommandLine.Mixin
        private Place place;

        @Override
        public ExitCode run(Console console) throws IOException {
            var all = place.certificates().list();
            all.forEach(each -> show(console, each));
            return all.isEmpty() ? ExitCode.FOUND_NOTHING : ExitCode.DONE;
        }
    }
}
