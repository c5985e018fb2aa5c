package vended.allowlist;

import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;

class InMemoryEditorTest extends AllowListEditorContract {
  private final InMemoryEditor list = new InMemoryEditor();

  @Override
  protected AllowListEditor editor() {
    return list;
  }

  @Override
  protected AllowListPages pages() {
    return list;
  }
}
