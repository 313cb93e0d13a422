// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

/** Who is waited for: a role, never a person. */
public enum Party {
    OPERATOR_ENGINEER,
    GATEWAY_ENGINEER,
    REGISTRAR
}
