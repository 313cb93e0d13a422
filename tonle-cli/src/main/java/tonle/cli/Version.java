// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as its archive names it. */
final class Version implements IVersionProvider {
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tonle " + text() + " (Java " + Runtime.version().feature() + ")"};
    }
}
