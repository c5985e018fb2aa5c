package vended.allowlist;

import vended.allowlist.read.AllowList;

class InMemoryAllowListTest extends AllowListContract {
  private final InMemoryAllowList allowList = new InMemoryAllowList();

  @Override
  protected AllowList allowList() {
    return allowList;
  }

  @Override
  protected void put(Client client) {
    allowList.with(client);
  }

  @Override
  protected void put(Grant grant) {
    allowList.with(grant);
  }
}
