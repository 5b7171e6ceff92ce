package io.tollgate.domain.account;

import io.tollgate.domain.account.HoldTree.Node;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two trees of holds: both are walked at once, past the subtrees they share.
 */
final class HoldDifferences {

  private final Comparator<Hold> order;
  private final Walk before;
  private final Walk after;

  HoldDifferences(Comparator<Hold> order, @Nullable Node before, @Nullable Node after) {
    this.order = order;
    this.before = new Walk(before);
    this.after = new Walk(after);
  }

  /** Receives a hold before and after; null where it is not there. */
  @FunctionalInterface
  interface Visitor {
    void visit(@Nullable Hold was, @Nullable Hold is);
  }

  void visit(Visitor visitor) {
    while (before.hasNext() || after.hasNext()) {
      if (before.isAtSameSubtreeAs(after)) {
        before.skip();
        after.skip();
      } else if (before.subtreeHeight() > 0 && before.subtreeHeight() >= after.subtreeHeight()) {
        before.descend();
      } else if (after.subtreeHeight() > 0) {
        after.descend();
      } else {
        visitNext(visitor);
      }
    }
  }

  private void visitNext(Visitor visitor) {
    Hold was = before.hold();
    Hold is = after.hold();
    int where = was == null ? 1 : is == null ? -1 : order.compare(was, is);
    if (where < 0) {
      before.skip();
      visitor.visit(was, null);
    } else if (where > 0) {
      after.skip();
      visitor.visit(null, is);
    } else {
      before.skip();
      after.skip();
      if (was != null && !was.equals(is)) {
        visitor.visit(was, is);
      }
    }
  }

  /** A place in a tree, in order: before a subtree, or before a hold whose left side is done. */
  private static final class Walk {

    private record Step(Node node, boolean isSubtree) {}

    private final Deque<Step> ahead = new ArrayDeque<>();

    Walk(@Nullable Node root) {
      push(root);
    }

    private void push(@Nullable Node subtree) {
      if (subtree != null) {
        ahead.push(new Step(subtree, true));
      }
    }

    boolean hasNext() {
      return !ahead.isEmpty();
    }

    /** Height of the subtree that comes next; 0 if it is a hold, or nothing. */
    int subtreeHeight() {
      Step next = ahead.peek();
      return next != null && next.isSubtree() ? next.node().height() : 0;
    }

    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    boolean isAtSameSubtreeAs(Walk other) {
      Step mine = ahead.peek();
      Step theirs = other.ahead.peek();
      return mine != null
          && theirs != null
          && mine.isSubtree()
          && theirs.isSubtree()
          && mine.node() == theirs.node();
    }

    /** From before a subtree to before its first part. */
    void descend() {
      Node subtree = ahead.pop().node();
      push(subtree.right());
      ahead.push(new Step(subtree, false));
      push(subtree.left());
    }

    /** The hold that comes next; null at the end. */
    @Nullable Hold hold() {
      Step next = ahead.peek();
      return next == null ? null : next.node().hold();
    }

    void skip() {
      ahead.pop();
    }
  }
}
