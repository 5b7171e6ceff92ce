package io.tollgate.streams.admin;

/**
 * How much of an installation is reset: always the books, that is the state of the accounts and all
 * that was written about them.
 *
 * @param inputs whether the input topics are emptied too; else the books are built from them again
 * @param claims whether it is forgotten who has claimed which phone, identity and card
 */
public record ResetScope(boolean inputs, boolean claims) {}
