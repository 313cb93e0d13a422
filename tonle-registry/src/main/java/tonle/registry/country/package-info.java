// SPDX-License-Identifier: Apache-2.0
/**
 * Country packs: the exchanges and sites that a country's rules or public facts name, as a start for its registry. In
 * comes a file of this package's resources; out go the additions of one change. Nothing of it is fixed: the registry
 * alters and ends what a pack brought like everything else.
 */
package tonle.registry.country;
