// SPDX-License-Identifier: MIT
// OpenJDK with JNA: calls, a struct by value, variadic arguments and callbacks.
import com.sun.jna.*;

public class Jna {
  public interface Compare extends Callback { int compare (Pointer a, Pointer b); }
  public interface Scale extends Callback { double scale (double x, int n); }

  @Structure.FieldOrder ({ "quot", "rem" })
  public static class Division extends Structure implements Structure.ByValue {
    public int quot, rem;
  }

  public interface C extends Library {
    C INSTANCE = Native.load ("c", C.class);
    void qsort (Pointer memory, NativeLong n, NativeLong size, Compare compare);
    Division div (int a, int b);
    int snprintf (byte[] text, NativeLong size, String format, Object... arguments);
  }

  static int calls = 0;

  public static void main (String[] arguments) {
    Memory memory = new Memory (4000);
    for (int i = 0; i < 1000; i++)
      memory.setInt (4 * i, i * 7919 % 1009);
    C.INSTANCE.qsort (memory, new NativeLong (1000), new NativeLong (4), (a, b) -> {
      calls++;
      return Integer.compare (a.getInt (0), b.getInt (0));
    });
    for (int i = 1; i < 1000; i++)
      if (memory.getInt (4 * i) < memory.getInt (4 * i - 4))
        throw new RuntimeException ("not sorted");
    System.out.println ("qsort: " + calls + " comparisons");

    Division division = C.INSTANCE.div (1000, 7);
    System.out.println ("div: " + division.quot + " " + division.rem);
    byte[] text = new byte[80];
    C.INSTANCE.snprintf (text, new NativeLong (80), "%d %.2f %s", 42, 2.5, "text");
    System.out.println ("snprintf: " + Native.toString (text));

    Scale[] callbacks = new Scale[1000];
    double sum = 0;
    for (int i = 0; i < callbacks.length; i++) {
      final int addend = i;
      callbacks[i] = (x, n) -> x * n + addend;
      sum += Function.getFunction (CallbackReference.getFunctionPointer (callbacks[i]))
                 .invokeDouble (new Object[] { 0.5, 3 });
    }
    System.out.println ("1000 callbacks: " + sum);
  }
}
