// SPDX-License-Identifier: Apache-2.0
package tonle.database;

/** Who speaks to the database. Each has its own password and the rights of its name, no more. */
public enum DatabaseRole {
    /**
     * The embedded server's superuser: makes roles and the database, nothing else. An external server has its own.
     */
    ROOT("tonle_root"),
    /** Owns all objects: runs migrations, backup and restore. */
    OWNER("tonle_owner"),
    /** The gateway's own work. */
    SERVER("tonle_server"),
    /** Pages and the API. */
    WEB("tonle_web");

    private final String user;

    DatabaseRole(String user) {
        this.user = user;
    }

    /** The role's name in the database. */
    public String user() {
        return user;
    }
}
