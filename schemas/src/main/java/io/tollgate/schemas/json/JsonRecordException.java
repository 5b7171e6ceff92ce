package io.tollgate.schemas.json;

/** JSON that does not have the shape of a record; the message names the field and what it needs. */
public final class JsonRecordException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String path;

  JsonRecordException(String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
    this.path = path;
  }

  /** Where in the record, such as {@code rows[0].meter}; empty for the record itself. */
  public String path() {
    return path;
  }
}
