package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application of one record, answer or deadline to one account: what it works on and what it
 * has caused so far.
 */
final class Step {
  final Account account;

  /** Rule time of this step. */
  final long now;

  final Cause cause;
  final String causeId;

  /** Business time of what happens: {@code occurredAt} of the ledger entries. */
  final long occurredAt;

  final List<ObjectNode> lines = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<Claim> claims = new ArrayList<>();

  /** Whether this is reported usage, whose balance may be published later. */
  boolean isUsage;

  /** Whether a month that starts at this instant is still to be judged: deadlines have an order. */
  boolean leavesMonthStart;

  /** Whether levels are judged: nothing has changed when only a publication is due. */
  boolean judgesLevels = true;

  boolean judgesRecharge;
  boolean deniedForCredit;

  Step(Account account, long now, Cause cause, String causeId, long occurredAt) {
    this.account = account;
    this.now = now;
    this.cause = cause;
    this.causeId = causeId;
    this.occurredAt = occurredAt;
  }

  void emit(String topic, String type, ObjectNode value) {
    lines.add(Outputs.line(topic, now, type, account.id, value));
  }

  void emitTombstone(String topic, String type) {
    lines.add(Outputs.line(topic, now, type, account.id, null));
  }

  void alert(String type, @Nullable Long level, String subject, @Nullable Long nextAttemptAt) {
    alerts.add(new Alert(type, level, subject, nextAttemptAt));
  }

  /** An alert of this step; it goes out at the end, in the order of its type. */
  record Alert(String type, @Nullable Long level, String subject, @Nullable Long nextAttemptAt) {}
}
