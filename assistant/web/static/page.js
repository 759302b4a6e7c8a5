// What Gradio has no setting for; the page works without it.
(() => {
  "use strict";

  // Gradio labels every message with its source, which is HTML here; a screen reader should read the words themselves.
  const relabel = () => {
    document.querySelectorAll('[data-testid="user"][aria-label], [data-testid="bot"][aria-label]').forEach((message) => {
      message.removeAttribute("aria-label");
    });
    document.querySelectorAll('[role="log"]:not([aria-label="对话"])').forEach((log) => {
      log.setAttribute("aria-label", "对话");
    });
    document.querySelectorAll('.scroll-down-button-container [aria-label="Scroll down"]').forEach((button) => {
      button.setAttribute("aria-label", "滚动到底部");
      button.title = "滚动到底部";
    });
  };
  // Gradio's notices are English: a lost connection, a full queue.
  const chinese = /[\u4e00-\u9fff]/;
  const say = (selector, words) => {
    document.querySelectorAll(selector).forEach((element) => {
      const text = element.textContent.trim();
      if (text && !chinese.test(text)) element.textContent = words(text);
    });
  };
  const translate = () => {
    say(".toast-title", () => "提示");
    say(".toast-text, .toast-message-text", (text) =>
      /connection/i.test(text) ? "与服务器的连接断开了,正在重新连接。" : "服务暂时不可用,请稍后再试。",
    );
  };

  // Bring a new question or answer into sight, from its beginning where it is taller than the chat: an answer with a
  // table is read from its first sentence.
  let answers = "";
  const follow = () => {
    const shown = document.querySelectorAll(".wb-answer");
    const last = shown[shown.length - 1];
    const state = last ? `${shown.length} ${last.className}` : "";
    if (last && state !== answers) {
      const row = last.closest(".message-row");
      const chat = row.closest(".bubble-wrap");
      if (chat) {
        const above = row.getBoundingClientRect().top - chat.getBoundingClientRect().top - 8;
        const below = above + row.offsetHeight + 16 - chat.clientHeight;
        chat.scrollTop += below > 0 ? Math.min(above, below) : Math.min(above, 0);
      }
      last.querySelector("p, span")?.scrollIntoView({ block: "nearest" });
    }
    answers = state;
  };

  new MutationObserver(() => {
    relabel();
    translate();
    follow();
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["aria-label"],
  });

  // A mark in an answer leads to its card, also where that is folded away with the earlier evidence.
  document.addEventListener("click", (event) => {
    const mark = event.target instanceof Element && event.target.closest("a.wb-mark");
    const card = mark && document.getElementById(mark.getAttribute("href").slice(1));
    const fold = card && card.closest("details");
    if (fold) fold.open = true;
  });
})();
