/* Copies the approved words. The clipboard of the browser is closed on addresses without https, so there is the old way, too. */
(() => {
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return document.execCommand('copy');
    }
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    const field = document.querySelector(button.dataset.copy);
    field.focus();
    field.select();
    if (!(await copy(field.value))) return;
    const words = button.textContent;
    button.textContent = `✓ ${button.dataset.copied}`;
    setTimeout(() => (button.textContent = words), 3000);
  });
})();
