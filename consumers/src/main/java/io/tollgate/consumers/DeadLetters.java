package io.tollgate.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/**
 * Writes records that cannot be handled to the dead-letter topic, bytes and headers as they were,
 * with the reason in more headers.
 */
final class DeadLetters implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final String group;

  DeadLetters(Producer<byte[], byte[]> producer, String topic, String group) {
    this.producer = producer;
    this.topic = topic;
    this.group = group;
  }

  /**
   * Writes a dead letter and waits until Kafka has it.
   *
   * @param attempts how often its handler was called
   * @throws KafkaException if Kafka did not take it
   * @throws InterruptedException if interrupted; Kafka may have it or not
   */
  void write(ConsumerRecord<byte[], byte[]> record, Exception failure, int attempts)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    Headers headers = letter.headers();
    put(headers, DeadLetterHeaders.SOURCE_TOPIC, record.topic());
    put(headers, DeadLetterHeaders.SOURCE_PARTITION, Integer.toString(record.partition()));
    put(headers, DeadLetterHeaders.SOURCE_OFFSET, Long.toString(record.offset()));
    put(headers, DeadLetterHeaders.SOURCE_TIMESTAMP, Long.toString(record.timestamp()));
    put(headers, DeadLetterHeaders.GROUP, group);
    put(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts));
    put(headers, DeadLetterHeaders.ERROR_CLASS, failure.getClass().getName());
    put(headers, DeadLetterHeaders.ERROR_MESSAGE, ErrorText.of(failure));
    try {
      producer.send(letter).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException refused) {
        throw refused;
      }
      throw new KafkaException("The dead letter was not delivered", e.getCause());
    }
  }

  String topic() {
    return topic;
  }

  @Override
  public void close() {
    producer.close();
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
