// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import picocli.CommandLine;

/** The root of the program: names its commands and does nothing itself. */
@CommandLine.Command(
        name = "tonle",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Measures a national internet gateway's traffic from its routers' flow exports.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle run --demo                    a whole demonstration country, on this machine",
            "  tonle account capture.pcap          what a capture of flow exports adds up to",
            "  tonle traffic top --by member       who sends most, from the running gateway",
            "",
            "More: tonle help COMMAND, tonle help exit-codes, tonle help environment, tonle help formatting"
        },
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            ReloadCommand.class,
            StopCommand.class,
            AccountCommand.class,
            DissectCommand.class,
            TrafficCommand.class,
            LinkCommand.class,
            RegistryCommands.OperatorCommand.class,
            RegistryCommands.SiteCommand.class,
            RegistryCommands.RegistryCommand.class,
            RuleCommand.class,
            ExporterCommand.class,
            StoreCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            LogCommand.class,
            AuditCommand.class,
            WitnessCommand.class,
            ConfigCommand.class,
            CertificateCommand.class,
            CompletionCommand.class,
            HelpCommand.class,
            WarmUpCommand.class
        })
final class TonleCommand {}
