// SPDX-License-Identifier: Apache-2.0
/**
 * People and programs that use the gateway: accounts with the fewest fields, passkeys, institutions' sign-in, one-time
 * links, sessions, tokens, and the acts on them that take two people. In comes who asks and what; out goes an
 * {@link tonle.registry.people.Outcome}, with an event in the audit for each change. Secrets are made by chance, shown
 * once, and kept as SHA-256 of their 256 bits, which nobody guesses however quick the hash is (NIST SP 800-63B section
 * 5.1.2.2). WebAuthn Level 3, RFC 6749 section 4.4 and RFC 6750 rule what passes the door.
 */
package tonle.registry.people;
