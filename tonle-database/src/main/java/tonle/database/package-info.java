// SPDX-License-Identifier: Apache-2.0
/**
 * PostgreSQL, embedded or external. In come settings, migrations from the class path folder {@code tonle/migration}
 * and units of work with the scope in which they run; out go transactions with plain SQL, and the health of the
 * server. Roles, row-level security and append-only tables are the last line of defence, so this room never hands out
 * the owner's credentials.
 */
@NullMarked
package tonle.database;

import org.jspecify.annotations.NullMarked;
