// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.nio.file.Path;

/**
 * The two files that tell the embedded server how to run. Written anew at each start: nothing in them is edited by
 * hand.
 */
final class ServerConfiguration {
    /** Who may connect: with a password, over the loopback address. */
    static final String ACCESS = "# Written by Tonle at each start.\nhost all all 127.0.0.1/32 scram-sha-256\n";

    private ServerConfiguration() {}

    static String text(int port, Path logFolder) {
        return """
                # Written by Tonle at each start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 240
                password_encryption = 'scram-sha-256'

                # A ledger rests on these; Tonle asks the server for them at each start.
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                # One machine, small questions: little memory, no helpers. 256 MB of write-ahead log bound disk and recovery.
                shared_buffers = '64MB'
                work_mem = '8MB'
                maintenance_work_mem = '32MB'
                max_wal_size = '256MB'
                wal_level = minimal
                max_wal_senders = 0
                max_parallel_workers_per_gather = 0
                jit = off
                io_method = sync

                timezone = 'UTC'
                log_timezone = 'UTC'
                datestyle = 'ISO, YMD'
                lc_messages = 'C'
                default_text_search_config = 'pg_catalog.simple'

                # What the server writes down holds no value of a row: no statement, no parameter, no detail of an error.
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgres-%%a.log'
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_file_mode = 0600
                log_line_prefix = '%%m [%%p] %%u '
                log_min_messages = warning
                log_min_error_statement = panic
                log_error_verbosity = terse
                log_statement = 'none'
                log_min_duration_statement = -1
                log_connections = ''
                log_disconnections = off
                log_parameter_max_length = 0
                log_parameter_max_length_on_error = 0
                """.formatted(port, logFolder.toString().replace("'", "''"));
    }
}
