package io.tollgate.streams.state;

import io.tollgate.domain.rating.Reference;
import io.tollgate.mapping.ReferenceRecords;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Prices and policies of one task: the published bytes in the store, the rules' view on the heap.
 */
public final class ReferenceStore {

  private final KeyValueStore<Bytes, byte[]> store;
  private final Reference reference = new Reference();

  public ReferenceStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        apply(text(entry.key.get()), entry.value);
      }
    }
  }

  /** Prices and policies as they are now. */
  public Reference reference() {
    return reference;
  }

  /** The key under which a source topic's record of a model is broadcast. */
  public static byte[] key(String sourceTopic, String model) {
    return (sourceTopic + "/" + model).getBytes(StandardCharsets.UTF_8);
  }

  /** Replaces what was published under this key; null removes it. */
  public void put(byte[] key, byte @Nullable [] value) {
    apply(text(key), value);
    if (value == null) {
      store.delete(Bytes.wrap(key));
    } else {
      store.put(Bytes.wrap(key), value);
    }
  }

  private void apply(String key, byte @Nullable [] value) {
    if (value == null) {
      remove(key);
      return;
    }
    ReferenceRecords.put(decode(value), reference);
  }

  private static SpecificRecord decode(byte[] value) {
    try {
      return EventCodec.decode(value);
    } catch (EventDecodingException e) {
      // The broadcast checked it: a fault of ours, not of Kafka's.
      throw new IllegalStateException("the broadcast sent what cannot be read", e);
    }
  }

  private void remove(String key) {
    String model = key.substring(key.indexOf('/') + 1);
    if (key.startsWith(TopicCatalogue.PRICE_BOOK.name() + "/")) {
      reference.removePrices(model);
    } else {
      reference.removePolicy(model);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
