import java.nio.file.*;
import java.util.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Runs the cases of a file, one in a line, with DL4J 1.0.0-M2.1, and prints a line of JSON for each. See README.md. */
public class Record {
  static long[] longs(String s) {
    return s.isEmpty() ? new long[0] : Arrays.stream(s.split(",")).mapToLong(Long::parseLong).toArray();
  }

  static INDArray array(String s) {
    String[] p = s.split(":", -1);
    long[] shape = longs(p[1]);
    int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] v = new double[n];
    for (int k = 0; k < n; k++) v[k] = p.length > 2 ? Double.parseDouble(p[2].split(",")[k]) : ((k * 7 + n * 3) % 11 - 5) / 4.0;
    DataType type = p[0].equals("D") ? DataType.DOUBLE : p[0].equals("I") ? DataType.INT : DataType.BOOL;
    return (shape.length == 0 ? Nd4j.scalar(v[0]) : Nd4j.create(v, shape, 'c')).castTo(type);
  }

  static String number(double d) {
    if (Double.isNaN(d) || Double.isInfinite(d)) return "\"" + d + "\"";
    return d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : Double.toString(d);
  }

  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Paths.get(args[0]))) {
      String[] f = line.split("\\|", -1);
      var builder = DynamicCustomOp.builder(f[0]);
      if (!f[1].isEmpty()) builder.addInputs(Arrays.stream(f[1].split(";")).map(Record::array).toArray(INDArray[]::new));
      if (!f[2].isEmpty()) builder.addIntegerArguments(Arrays.stream(longs(f[2])).mapToInt(i -> (int) i).toArray());
      if (!f[3].isEmpty()) builder.addFloatingPointArguments(Arrays.stream(f[3].split(",")).map(Double::valueOf).toArray(Double[]::new));
      if (!f[4].isEmpty()) {
        String[] words = f[4].split(",");
        boolean[] flags = new boolean[words.length];
        for (int i = 0; i < flags.length; i++) flags[i] = Boolean.parseBoolean(words[i]);
        builder.addBooleanArguments(flags);
      }
      List<String> results = new ArrayList<>();
      for (INDArray x : Nd4j.exec(builder.build())) {
        INDArray all = x.dup('c').castTo(DataType.DOUBLE).reshape(x.length());
        List<String> values = new ArrayList<>();
        for (long k = 0; k < x.length(); k++) values.add(number(all.getDouble(k)));
        results.add("{\"type\":\"" + x.dataType() + "\",\"shape\":" + Arrays.toString(x.shape()) + ",\"values\":[" + String.join(",", values) + "]}");
      }
      System.out.println("{\"case\":\"" + line + "\",\"results\":[" + String.join(",", results) + "]}");
    }
    System.exit(0);
  }
}
