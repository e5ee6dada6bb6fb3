package io.hakmem.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.WebConsole;
import org.htmlunit.html.DomElement;

/**
 * A page in a browser without a window that runs its scripts. It lays nothing out, so it says
 * whether scripts fail and what they draw, not how it looks.
 */
public final class Browser implements AutoCloseable {

  private final WebClient client = new WebClient(BrowserVersion.FIREFOX);
  private final MockWebConnection network = new MockWebConnection();
  private final List<String> console = new ArrayList<>();
  private final org.htmlunit.html.HtmlPage page;

  private Browser(String html) throws IOException {
    URL url = URI.create("http://localhost/page.html").toURL();
    network.setResponse(url, html);
    client.setWebConnection(network);
    client.getWebConsole().setLogger(new ConsoleLines(console));
    page = client.getPage(url);
  }

  /** Opens a page; a script that throws fails the test. */
  public static Browser open(String html) throws IOException {
    return new Browser(html);
  }

  /** Opens a page and checks what holds for every page. */
  public static void check(String html) throws IOException {
    try (Browser browser = open(html)) {
      browser.assertDrawnAndSilent();
      browser.assertSortable();
      browser.assertSaved();
      assertThat(browser.console).isEmpty();
    }
  }

  private void assertDrawnAndSilent() {
    assertThat(console).isEmpty();
    assertThat(network.getRequestCount()).isEqualTo(1);
    assertThat(texts("p.conclusion")).singleElement().asString().endsWith(".");
    for (DomElement figure : all("figure")) {
      assertThat(all(figure, "svg path")).isNotEmpty();
      assertThat(all(figure, "svg text")).isNotEmpty();
    }
    for (DomElement entry : all("nav a")) {
      assertThat(all(entry.getAttribute("href"))).hasSize(1);
    }
  }

  private void assertSortable() throws IOException {
    for (DomElement head : all("th")) {
      DomElement button = all(head, "button").getFirst();
      button.click();
      assertThat(head.getAttribute("aria-sort")).isEqualTo("descending");
      button.click();
      assertThat(head.getAttribute("aria-sort")).isEqualTo("ascending");
    }
  }

  /** Each chart can be had as a file of its own. */
  private void assertSaved() {
    int charts = all("figure").size();
    assertThat(texts("figcaption button")).hasSize(charts).allMatch("SVG"::equals);
    String script = "window.hakmemCharts.map(function (c) { return c.svg(); }).join('')";
    String pictures = page.executeJavaScript(script).getJavaScriptResult().toString();
    assertThat(pictures.split("<svg ", -1)).hasSize(charts + 1);
  }

  /** The text of the cells of a column, of the first table that has a head of that name. */
  public List<String> column(String head) {
    for (DomElement table : all("table")) {
      List<String> heads = texts(table, "th");
      if (heads.contains(head)) {
        return texts(table, "tbody td:nth-child(" + (heads.indexOf(head) + 1) + ")");
      }
    }
    throw new AssertionError("no column " + head);
  }

  /** Sorts by a column, the largest first. */
  public void sort(String head) throws IOException {
    for (DomElement button : all("th button")) {
      if (button.getTextContent().equals(head)) {
        button.click();
        return;
      }
    }
    throw new AssertionError("no column " + head);
  }

  private List<DomElement> all(String selector) {
    return page.querySelectorAll(selector).stream().map(DomElement.class::cast).toList();
  }

  private static List<DomElement> all(DomElement inside, String selector) {
    return inside.querySelectorAll(selector, inside).stream().map(DomElement.class::cast).toList();
  }

  private List<String> texts(String selector) {
    return all(selector).stream().map(DomElement::getTextContent).toList();
  }

  private static List<String> texts(DomElement inside, String selector) {
    return all(inside, selector).stream().map(DomElement::getTextContent).toList();
  }

  /** What the charts of the page draw as text, such as values and names. */
  public List<String> drawn() {
    return texts("figure svg text");
  }

  @Override
  public void close() {
    client.close();
  }

  private record ConsoleLines(List<String> lines) implements WebConsole.Logger {

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public void trace(Object message) {
      lines.add(String.valueOf(message));
    }

    @Override
    public void debug(Object message) {
      lines.add(String.valueOf(message));
    }

    @Override
    public void info(Object message) {
      lines.add(String.valueOf(message));
    }

    @Override
    public void warn(Object message) {
      lines.add(String.valueOf(message));
    }

    @Override
    public void error(Object message) {
      lines.add(String.valueOf(message));
    }
  }
}
