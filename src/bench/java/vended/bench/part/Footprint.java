package vended.bench.part;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.JavaSubject;
import vended.bench.subject.Running;

/** The memory of a process, and of a JVM what a vend allocates. */
final class Footprint {
  private static final int VENDS = 200;

  private Footprint() {}

  /** Asked last of all: what asks in the JVM changes it. */
  static void put(Section section, Running running) {
    String subject = running.subject().name();
    try {
      double resident = residentMegabytes(running.process().pid());
      if (resident > 0) {
        section.put(subject, "resident", Samples.once(resident));
      }
      if (running.subject() instanceof JavaSubject) {
        section.put(subject, "allocated", Samples.once(allocatedKilobytes(running)));
      }
    } catch (IOException | AttachNotSupportedException e) {
      section.note("What " + subject + " allocates was not measured: " + e.getMessage() + ".");
    }
  }

  private static double residentMegabytes(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .sum();
  }

  // The address is that of a process which this one has started.
  @SuppressWarnings("BanJNDI")
  private static double allocatedKilobytes(Running running)
      throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(running.process().pid()));
    try (JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      ThreadMXBean threads =
          ManagementFactory.getPlatformMXBean(
              connector.getMBeanServerConnection(), ThreadMXBean.class);
      running.vend(VENDS);
      long before = threads.getTotalThreadAllocatedBytes();
      running.vend(VENDS);
      return (threads.getTotalThreadAllocatedBytes() - before) / 1000.0 / VENDS;
    } finally {
      machine.detach();
    }
  }
}
