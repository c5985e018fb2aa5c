package vended.chaos;

import vended.Wiring;
import vended.Wirings;
import vended.api.admin.AdminHandler;
import vended.api.audit.AuditHandler;
import vended.api.mine.MineHandler;
import vended.api.schedule.ReprobeHandler;
import vended.api.schedule.SettleHandler;
import vended.api.schedule.WatchHandler;
import vended.api.vend.VendHandler;

/** All functions, on one object graph. */
record Doors(
    Wiring wiring,
    VendHandler vend,
    AdminHandler admin,
    AuditHandler audit,
    MineHandler mine,
    ReprobeHandler reprobe,
    SettleHandler settle,
    WatchHandler watch)
    implements AutoCloseable {
  static Doors of(Wiring wiring) {
    return new Doors(
        wiring,
        new VendHandler(wiring),
        new AdminHandler(wiring),
        new AuditHandler(wiring),
        new MineHandler(wiring),
        new ReprobeHandler(wiring),
        new SettleHandler(wiring),
        new WatchHandler(wiring));
  }

  @Override
  public void close() {
    Wirings.close(wiring);
  }
}
