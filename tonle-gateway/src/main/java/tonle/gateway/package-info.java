// SPDX-License-Identifier: Apache-2.0
/**
 * Where the rooms are introduced to each other: configuration, sockets, threads, enrolment, the control socket and the
 * life cycle of a running gateway. A configuration file and datagrams come in; a running process comes out that says
 * what it does in calm lines and stops without losing what it holds.
 */
package tonle.gateway;
