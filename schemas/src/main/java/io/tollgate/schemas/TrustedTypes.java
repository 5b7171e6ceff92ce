package io.tollgate.schemas;

import io.tollgate.events.UsageEvent;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may instantiate the generated record classes.
 *
 * <p>Avro refuses classes of packages that nobody vouched for. The permission is added to those of
 * the process and takes none away. Whoever reads records through Avro itself rather than through
 * {@link io.tollgate.schemas.serde.EventCodec}, such as a registry's serde, calls {@link #trust()}
 * first.
 */
public final class TrustedTypes {

  private static final String PACKAGE = UsageEvent.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedTypes() {}

  /** Makes sure that the permission is given; calls after the first do nothing. */
  public static void trust() {
    // The work is done once, by the static initializer.
  }
}
