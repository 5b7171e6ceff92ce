package io.tollgate.producers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The outcome of one send: completes with the event's coordinates once all in-sync replicas have
 * it, or with Kafka's exception if it was not delivered. After a timeout the event may have been
 * written all the same; to send {@link #event()} again is right in any case, since its identity is
 * charged or credited once.
 *
 * <p>It knows whether anybody has looked at it. Looking means to ask for the outcome, to register
 * for it, or to have other futures depend on it when it fails. Mistakes are on the safe side: a
 * failure may be reported twice, never not.
 *
 * <p>What is registered runs on the thread that talks to the brokers, unless it is registered with
 * an executor: it must neither block nor wait for room in flight.
 *
 * @param <E> type of the event
 */
public final class Delivery<E> extends CompletableFuture<RecordMetadata> {

  private final E event;
  private final DeliveryFailures failures;
  private boolean seen;
  private boolean failed;

  Delivery(E event, DeliveryFailures failures) {
    this.event = event;
    this.failures = failures;
  }

  /** What was sent, with the identity it bears from now on. */
  public E event() {
    return event;
  }

  void fail(Throwable failure) {
    synchronized (this) {
      if (failed) {
        return;
      }
      failed = true;
      seen = seen || getNumberOfDependents() > 0;
      failures.failed(failure, seen);
    }
    completeExceptionally(failure);
  }

  private synchronized void look() {
    if (!seen) {
      seen = true;
      if (failed) {
        failures.seen();
      }
    }
  }

  /** Futures derived from this one are ordinary ones: the delivery has been looked at by then. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  @Override
  public RecordMetadata get() throws InterruptedException, ExecutionException {
    try {
      return super.get();
    } catch (ExecutionException e) {
      look();
      throw e;
    }
  }

  @Override
  public RecordMetadata get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeout, unit);
    } catch (ExecutionException e) {
      look();
      throw e;
    }
  }

  @Override
  public RecordMetadata join() {
    try {
      return super.join();
    } catch (CompletionException e) {
      look();
      throw e;
    }
  }

  @Override
  public RecordMetadata getNow(RecordMetadata valueIfAbsent) {
    try {
      return super.getNow(valueIfAbsent);
    } catch (CompletionException e) {
      look();
      throw e;
    }
  }

  @Override
  public boolean isCompletedExceptionally() {
    boolean exceptionally = super.isCompletedExceptionally();
    if (exceptionally) {
      look();
    }
    return exceptionally;
  }

  @Override
  public <U> CompletableFuture<U> handle(
      BiFunction<? super RecordMetadata, Throwable, ? extends U> fn) {
    look();
    return super.handle(fn);
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super RecordMetadata, Throwable, ? extends U> fn) {
    look();
    return super.handleAsync(fn);
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super RecordMetadata, Throwable, ? extends U> fn, Executor executor) {
    look();
    return super.handleAsync(fn, executor);
  }

  @Override
  public CompletableFuture<RecordMetadata> whenComplete(
      BiConsumer<? super RecordMetadata, ? super Throwable> action) {
    look();
    return super.whenComplete(action);
  }

  @Override
  public CompletableFuture<RecordMetadata> whenCompleteAsync(
      BiConsumer<? super RecordMetadata, ? super Throwable> action) {
    look();
    return super.whenCompleteAsync(action);
  }

  @Override
  public CompletableFuture<RecordMetadata> whenCompleteAsync(
      BiConsumer<? super RecordMetadata, ? super Throwable> action, Executor executor) {
    look();
    return super.whenCompleteAsync(action, executor);
  }

  @Override
  public CompletableFuture<RecordMetadata> exceptionally(
      Function<Throwable, ? extends RecordMetadata> fn) {
    look();
    return super.exceptionally(fn);
  }
}
