package dev.lakelens.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Option;

/** Spark's configuration, which holds that of Hadoop's file systems. */
final class ConfOptions {
  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "Spark configuration, spark.hadoop.fs.s3a.* included; repeatable.")
  private Map<String, String> conf = new LinkedHashMap<>();

  /** What {@code --conf} says. */
  Map<String, String> given() {
    return conf;
  }

  /** Hadoop's configuration, as a Spark job of the same settings has it. */
  Configuration hadoop() {
    SparkConf spark = new SparkConf(); // what spark-submit has set
    conf.forEach(spark::set);
    return SparkHadoopUtil.get().newConfiguration(spark);
  }
}
