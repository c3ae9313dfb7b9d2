package dev.lakelens.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack, its marks, and the memo of the machine that a pickle is a program for. */
final class PickleStack {
  private static final int MAX_VALUES = 1 << 18;

  private final WeightSource source;
  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();

  PickleStack(WeightSource source) {
    this.source = source;
  }

  void push(Object value) {
    source.require(values.size() < MAX_VALUES, "its pickle stacks over %d values", MAX_VALUES);
    values.add(value);
  }

  Object pop() {
    requireValue();
    return values.remove(values.size() - 1);
  }

  Object top() {
    requireValue();
    return values.get(values.size() - 1);
  }

  void mark() {
    source.require(marks.size() < MAX_VALUES, "its pickle sets over %d marks", MAX_VALUES);
    marks.push(values.size());
  }

  /** Takes what lies above the last mark, and the mark. */
  List<Object> popToMark() {
    source.require(!marks.isEmpty(), "its pickle has no mark where one is needed");
    return pop(values.size() - marks.pop());
  }

  /** Takes so many values, the deepest first. */
  List<Object> pop(int count) {
    source.require(values.size() - count >= floor(), "its pickle takes from an empty stack");
    List<Object> top = values.subList(values.size() - count, values.size());
    List<Object> taken = new ArrayList<>(top);
    top.clear();
    return taken;
  }

  void remember(long index) {
    memo.put(index, top());
  }

  /** Remembers the top under the next free index. */
  void remember() {
    remember(memo.size());
  }

  void recall(long index) {
    Object value = memo.get(index);
    source.require(value != null, "its pickle recalls value %d, which is not there", index);
    push(value);
  }

  private void requireValue() {
    source.require(values.size() > floor(), "its pickle takes from an empty stack");
  }

  /** Values below the last mark stay where they are. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }
}
