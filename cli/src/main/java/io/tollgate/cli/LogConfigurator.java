package io.tollgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets logging up: on standard error only, since standard output belongs to results, and quiet.
 *
 * <p>In code rather than in a file, which would take longer to read than most commands take to run.
 * A file named by {@code -Dlogback.configurationFile} is obeyed instead.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  private static final String FILE = "logback.configurationFile";
  private static final String LEVEL = "tollgate.log.level";
  private static final String KAFKA_LEVEL = "tollgate.log.level.kafka";

  /** Logs from INFO on. Before the first logger is made. */
  static void verbose() {
    levels("INFO", "INFO");
  }

  /**
   * Logs warnings of Kafka's libraries too: for commands that run on, whose log is read, rather
   * than such as say themselves what is wrong. Before the first logger is made.
   */
  public static void forService() {
    if (System.getProperty(KAFKA_LEVEL) == null) {
      System.setProperty(KAFKA_LEVEL, "WARN");
    }
  }

  /**
   * Logs nothing unless asked to: for commands that hold a whole cluster in one process, whose
   * start and end make noise, and that say themselves what is wrong. Before the first logger is
   * made.
   */
  public static void quietly() {
    if (System.getProperty(LEVEL) == null && System.getProperty(KAFKA_LEVEL) == null) {
      levels("OFF", "OFF");
    }
  }

  private static void levels(String own, String kafka) {
    System.setProperty(LEVEL, own);
    System.setProperty(KAFKA_LEVEL, kafka);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24}: %msg%n");
    encoder.start();

    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();

    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
    Level kafka = Level.toLevel(System.getProperty(KAFKA_LEVEL), Level.ERROR);
    context.getLogger("org.apache.kafka").setLevel(kafka);
    context.getLogger("kafka").setLevel(kafka);
    if (kafka == Level.WARN) {
      // Warns at every start of a handler for global threads, of which there are none.
      context.getLogger("org.apache.kafka.streams.StreamsConfig").setLevel(Level.ERROR);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
