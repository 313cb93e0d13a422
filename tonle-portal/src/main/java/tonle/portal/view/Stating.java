// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Map;

/** What a page's body says in the {@code meta} of its documents, beside what every page says there. */
interface Stating {
    Map<String, Object> stated();
}
