// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;

/**
 * Reads capture files as one collector would, in the order given, and sums what they hold. What is learnt anywhere in
 * the captures applies to all of them: rates are multiplied in at the end, and where something else was known too late
 * the files are read a second time with what the first reading found ({@link TemplateReach}).
 */
public final class CaptureAccounting {
    /** Told how the reading goes on. */
    public interface Progress {
        /**
         * @param fileIndex from 0
         * @param fileOctets read so far of this file
         */
        void reading(int reading, int fileIndex, long fileOctets);
    }

    private final AccountQuestion question;

    public CaptureAccounting(AccountQuestion question) {
        this.question = question;
    }

    /** @throws IOException where a file cannot be opened or read; damage inside is part of the account instead */
    public Account read(List<Path> files, Progress progress) throws IOException {
        AccountPass pass = new AccountPass(question, null);
        List<FileDamage> damages = read(files, pass, 1, progress);
        int readings = 1;
        if (pass.asksForAnother()) {
            pass = new AccountPass(question, pass.sessions());
            damages = read(files, pass, 2, progress);
            readings = 2;
        }
        AccountTotals totals = pass.totals();
        List<AccountTable> tables = new ArrayList<>();
        for (int i = 0; i < question.groupings().size(); i++) {
            Grouping grouping = question.groupings().get(i);
            tables.add(new AccountTable(grouping, pass.tables().table(i), pass.tables(), pass.sessions()));
        }
        return new Account(totals, tables, readings, damages);
    }

    private static List<FileDamage> read(List<Path> files, AccountPass pass, int reading, Progress progress)
            throws IOException {
        List<FileDamage> damages = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            int fileIndex = i;
            FileSink sink = new FileSink(pass);
            Capture.read(files.get(i), sink, octets -> progress.reading(reading, fileIndex, octets));
            if (sink.fault != null) {
                damages.add(new FileDamage(files.get(i), sink.fault, sink.offsetOctets, sink.datagrams == 0));
            }
        }
        return damages;
    }

    /** Notes damage of one file on its way to the pass. */
    private static final class FileSink implements DatagramSink {
        private final AccountPass pass;
        private long datagrams;
        private Fault fault;
        private long offsetOctets;

        FileSink(AccountPass pass) {
            this.pass = pass;
        }

        @Override
        public void datagram(
                MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros) {
            datagrams++;
            pass.datagram(payload, source, sourcePort, destinationPort, captureMicros);
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            if (this.fault == null) {
                this.fault = fault;
                this.offsetOctets = offsetOctets;
            }
            pass.malformed(fault, offsetOctets);
        }
    }
}
