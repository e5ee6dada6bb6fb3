package io.hakmem.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocatorMXBean;
import io.hakmem.report.ToldView;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beans on a server whose listeners throw. */
final class RegistrationTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static final NotificationFilter OURS =
      notification ->
          notification instanceof MBeanServerNotification of
              && of.getMBeanName().getDomain().equals("io.hakmem");

  private static final NotificationListener THROWING =
      (notification, handback) -> {
        throw new AssertionError("of a listener");
      };

  private boolean isListening;

  private void listen() throws JMException {
    SERVER.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, THROWING, OURS, null);
    isListening = true;
  }

  @AfterEach
  void stopListening() throws JMException {
    if (isListening) {
      SERVER.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, THROWING);
    }
  }

  private static Registration registration() {
    return Registration.of(new AllocatorBean(new ToldView("broken", false), null), "broken");
  }

  private static Set<ObjectName> beans() throws JMException {
    return SERVER.queryNames(new ObjectName(HakAllocatorMXBean.OBJECT_NAMES), null);
  }

  @Test
  void registration_thatAListenerBreaksOff_leavesNoBean() throws JMException {
    listen();
    assertThatThrownBy(RegistrationTest::registration).hasMessage("of a listener");
    assertThat(beans()).isEmpty();
    assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "")).isEmpty();
  }

  /** It is the first step of an allocator's close, whose memory must go back all the same. */
  @Test
  void close_thatAListenerBreaksOff_isNoFailure() throws JMException {
    Registration registration = registration();
    assertThat(beans()).hasSize(1);
    listen();
    assertThatCode(registration::close).doesNotThrowAnyException();
    assertThat(beans()).isEmpty();
    assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "")).isEmpty();
  }
}
