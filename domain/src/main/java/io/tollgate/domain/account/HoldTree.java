package io.tollgate.domain.account;

import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds in an order, as a value: an AVL tree whose nodes know the sum below them. A change copies
 * the path to it and shares the rest.
 */
final class HoldTree {

  private final Comparator<Hold> order;
  private final @Nullable Node root;

  record Node(
      Hold hold, @Nullable Node left, @Nullable Node right, int height, int size, long nanos) {

    static Node of(Hold hold, @Nullable Node left, @Nullable Node right) {
      return new Node(
          hold,
          left,
          right,
          1 + Math.max(heightOf(left), heightOf(right)),
          1 + sizeOf(left) + sizeOf(right),
          Math.addExact(hold.nanos(), Math.addExact(nanosOf(left), nanosOf(right))));
    }
  }

  /** An empty tree. */
  HoldTree(Comparator<Hold> order) {
    this(order, null);
  }

  private HoldTree(Comparator<Hold> order, @Nullable Node root) {
    this.order = order;
    this.root = root;
  }

  int size() {
    return sizeOf(root);
  }

  /** Σ of what the holds hold. */
  long nanos() {
    return nanosOf(root);
  }

  /** With this hold, in place of one that is equal to it in this order. */
  HoldTree with(Hold hold) {
    return new HoldTree(order, put(root, hold));
  }

  /** Without the hold that is equal to it in this order. */
  HoldTree without(Hold hold) {
    return new HoldTree(order, remove(root, hold));
  }

  @Nullable Hold first() {
    return root == null ? null : leftmost(root).hold();
  }

  /**
   * The hold that the direction points to.
   *
   * @param direction from a hold to the wanted one: negative towards the first, 0 if it is the one
   */
  @Nullable Hold find(ToIntFunction<Hold> direction) {
    Node node = root;
    while (node != null) {
      int where = direction.applyAsInt(node.hold());
      if (where == 0) {
        return node.hold();
      }
      node = where < 0 ? node.left() : node.right();
    }
    return null;
  }

  /**
   * Σ of what the first holds hold, as far as they are in it.
   *
   * @param isIn true for the first holds in this order, false for all others
   */
  long nanosWhile(Predicate<Hold> isIn) {
    long nanos = 0;
    Node node = root;
    while (node != null) {
      if (isIn.test(node.hold())) {
        nanos += nanosOf(node.left()) + node.hold().nanos();
        node = node.right();
      } else {
        node = node.left();
      }
    }
    return nanos;
  }

  void forEach(Consumer<Hold> visitor) {
    forEach(root, visitor);
  }

  /**
   * Visits what is not the same in another tree of this order, in O(changes · log size) if one was
   * made from the other.
   */
  void compare(HoldTree other, HoldDifferences.Visitor visitor) {
    new HoldDifferences(order, root, other.root).visit(visitor);
  }

  private static void forEach(@Nullable Node node, Consumer<Hold> visitor) {
    if (node != null) {
      forEach(node.left(), visitor);
      visitor.accept(node.hold());
      forEach(node.right(), visitor);
    }
  }

  private Node put(@Nullable Node node, Hold hold) {
    if (node == null) {
      return Node.of(hold, null, null);
    }
    int where = order.compare(hold, node.hold());
    if (where < 0) {
      return balanced(node.hold(), put(node.left(), hold), node.right());
    } else if (where > 0) {
      return balanced(node.hold(), node.left(), put(node.right(), hold));
    }
    return Node.of(hold, node.left(), node.right());
  }

  private @Nullable Node remove(@Nullable Node node, Hold hold) {
    if (node == null) {
      return null;
    }
    int where = order.compare(hold, node.hold());
    if (where < 0) {
      return balanced(node.hold(), remove(node.left(), hold), node.right());
    } else if (where > 0) {
      return balanced(node.hold(), node.left(), remove(node.right(), hold));
    } else if (node.left() == null || node.right() == null) {
      return node.left() == null ? node.right() : node.left();
    }
    Hold next = leftmost(node.right()).hold();
    return balanced(next, node.left(), remove(node.right(), next));
  }

  private static Node leftmost(Node node) {
    Node first = node;
    while (first.left() != null) {
      first = first.left();
    }
    return first;
  }

  /** A node whose sides differ by at most one in height; they differ by at most two before. */
  private static Node balanced(Hold hold, @Nullable Node left, @Nullable Node right) {
    int lean = heightOf(left) - heightOf(right);
    if (lean > 1 && left != null) {
      Node outer = heightOf(left.left()) < heightOf(left.right()) ? rotatedLeft(left) : left;
      return rotatedRight(Node.of(hold, outer, right));
    } else if (lean < -1 && right != null) {
      Node outer = heightOf(right.right()) < heightOf(right.left()) ? rotatedRight(right) : right;
      return rotatedLeft(Node.of(hold, left, outer));
    }
    return Node.of(hold, left, right);
  }

  private static Node rotatedRight(Node node) {
    Node left = node.left();
    return left == null
        ? node
        : Node.of(left.hold(), left.left(), Node.of(node.hold(), left.right(), node.right()));
  }

  private static Node rotatedLeft(Node node) {
    Node right = node.right();
    return right == null
        ? node
        : Node.of(right.hold(), Node.of(node.hold(), node.left(), right.left()), right.right());
  }

  private static int heightOf(@Nullable Node node) {
    return node == null ? 0 : node.height();
  }

  private static int sizeOf(@Nullable Node node) {
    return node == null ? 0 : node.size();
  }

  private static long nanosOf(@Nullable Node node) {
    return node == null ? 0 : node.nanos();
  }
}
