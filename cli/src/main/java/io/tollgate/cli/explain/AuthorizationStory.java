package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.json.IsoMillis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What an authorization that was allowed holds, and what became of it. */
final class AuthorizationStory {

  private AuthorizationStory() {}

  static Story of(History history, Found<AuthorizationDecided> found) {
    AuthorizationDecided decision = found.value();
    String id = decision.getAuthorizationId();
    String currency = history.currency();
    List<Moment> moments = new ArrayList<>();
    List<String> details = new ArrayList<>();
    for (Found<AuthorizationRequested> request : history.all(AuthorizationRequested.class)) {
      if (request.value().getAuthorizationId().equals(id)) {
        moments.add(new Moment(request.value().getRequestedAt(), "requested", request.source()));
        details.add(words(request.value(), currency));
      }
    }
    details.add(
        "%s %s; %s were available after it"
            .formatted(
                decision.getFinalGrant() ? "it took all there was:" : "it holds",
                Money.format(decision.getHeldNanos(), currency),
                Money.format(decision.getAvailableNanos(), currency)));
    moments.add(new Moment(decision.getDecidedAt(), "allowed", found.source()));
    for (Found<LedgerEntry> entry : history.all(LedgerEntry.class)) {
      if (id.equals(entry.value().getAuthorizationId())) {
        moments.add(
            new Moment(
                entry.value().getRecordedAt(),
                "usage %s settled %s"
                    .formatted(
                        entry.value().getCause().getId(),
                        Money.format(-entry.value().getAmountNanos(), currency)),
                entry.source()));
      }
    }
    for (Found<AuthorizationReleased> release : history.all(AuthorizationReleased.class)) {
      if (release.value().getAuthorizationId().equals(id)) {
        moments.add(new Moment(release.value().getReleasedAt(), "released", release.source()));
      }
    }
    moments.sort(Comparator.comparing(Moment::at));
    return new Story(
        "authorization",
        id,
        history.accountId(),
        "Authorization %s was allowed".formatted(id),
        details,
        moments,
        List.of(
            "its hold ends at %s, if it was neither settled nor released before"
                .formatted(IsoMillis.format(Objects.requireNonNull(decision.getExpiresAt())))));
  }

  private static String words(AuthorizationRequested request, String currency) {
    return "it was asked for %s%s%s"
        .formatted(
            request.getModel() == null ? "any model" : request.getModel(),
            request.getCapabilities().isEmpty()
                ? ""
                : " with " + String.join(", ", request.getCapabilities()),
            request.getAmountNanos() == null
                ? ""
                : ", for " + Money.format(request.getAmountNanos(), currency));
  }
}
